import { DUTY_PAGES } from '../shell/nav.js';
import { PageTabs } from '../shell/page-tabs.js';

/** The pages of keeping watch. */
export const DutyTabs = () => <PageTabs label="值班" pages={DUTY_PAGES} />;
