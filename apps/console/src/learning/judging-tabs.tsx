import { JUDGING } from '../shell/nav.js';
import { PageTabs } from '../shell/page-tabs.js';

/** What was judged, and how well. */
export const JudgingTabs = () => <PageTabs label="研判" pages={JUDGING} />;
