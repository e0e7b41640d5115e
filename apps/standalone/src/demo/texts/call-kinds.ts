import type { Call } from './written.js';

/** A call in one row, as the tables of texts write it. */
export type CallRow = [region: string, leadUnit: string, category: string, title: string, content: string, hours?: Call['hours']];
export type CallKind = (...row: CallRow) => Call;

const call =
  (appealType: Call['appealType'], urgency: Call['urgency'] = '一般'): CallKind =>
  (...[region, leadUnit, category, title, content, hours]) => ({
    appealType,
    urgency,
    region,
    leadUnit,
    category,
    title,
    content,
    ...(hours ? { hours } : {}),
  });
export const complain = call('投诉');
export const help = call('求助');
export const urgentHelp = call('求助', '紧急');
export const advise = call('意见建议');
export const ask = call('咨询');
export const report = call('举报');
