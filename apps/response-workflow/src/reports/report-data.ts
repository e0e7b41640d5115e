import type { ReportPeriod } from '@huiying/domain';
import type {
  ChannelCount,
  ClockCountRow,
  ClockLine,
  DayCount,
  KeyStoryRow,
  OrderCounts,
  OverviewCounts,
  TopicCount,
  UnseenRow,
} from '@huiying/persistence';

/** With where the console shows what the clock is of. */
export type LinkedLine = ClockLine & { link: string };

/** Everything a report is composed of, as it was counted; the sections are a pure function of it. */
export interface ReportData {
  period: ReportPeriod;
  asOf: Date;
  isFinal: boolean;
  overview: { now: OverviewCounts; then: OverviewCounts };
  channels: { now: ChannelCount[]; then: ChannelCount[] };
  days: DayCount[];
  orders: { now: OrderCounts; then: OrderCounts };
  hotlineTopics: TopicCount[];
  regions: { name: string; orders: number }[];
  orderDepartments: { name: string; orders: number }[];
  stories: KeyStoryRow[];
  clocks: ClockCountRow[];
  overdue: LinkedLine[];
  coming: LinkedLine[];
  unseen: UnseenRow[];
  sourceName: (id: string) => string;
  departmentName: (id: string) => string;
}
