import { REPORT_PAGES } from '../shell/nav.js';
import { PageTabs } from '../shell/page-tabs.js';

/** The pages of reports. */
export const ReportTabs = () => <PageTabs label="报告" pages={REPORT_PAGES} />;
