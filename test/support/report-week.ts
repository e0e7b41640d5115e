import type { Database } from '@huiying/persistence';

/** Monday 2026-11-16 00:00 in China. */
const MONDAY = `timestamptz '2026-11-16 00:00+08'`;
/** Spread over two weeks, the week before and the week, by a number that is spread evenly over what it is of. */
const at = (salt: number) => `${MONDAY} + make_interval(secs => ((hashint8extended(g, ${salt}) & 1048575) / 1048576.0 - 0.5) * 1209600)`;
const pick = (salt: number, ...values: string[]) =>
  `(ARRAY[${values.map((one) => `'${one}'`).join(',')}])[1 + (hashint8extended(g, ${salt}) & 65535) % ${values.length}]`;
const chance = (salt: number, percent: number) => `(hashint8extended(g, ${salt}) & 65535) % 100 < ${percent}`;
const DEPARTMENTS = ['emergency', 'housing', 'education', 'transport', 'health'];
const CHANNELS = ['hotline', 'weibo', 'news', 'forum', 'wechat'];
const CHUNK = 200_000;

const OPINIONS = `INSERT INTO workflow.opinion (opinion_id, revision, event_id, story_id, relation, similarity, source_id, source_name, channel, title, text,
    captured_at, sha256, flagged, severity, topic_code, topic_name, lead_department_id, lead_department_name, judgement, alert_outcome, alert_reason, words)
  SELECT md5('o' || g)::uuid, 1, md5('e' || g)::uuid, md5('s' || g % 5000)::uuid, 'first', 1, 's' || g % 40, '信源' || g % 40, ${pick(1, ...CHANNELS)}, '标题' || g,
    '正文' || g, ${at(2)}, repeat('a', 64), ${chance(3, 30)}, 'IV', 't' || g % 17, '事项' || g % 17, ${pick(4, ...DEPARTMENTS)}, '单位',
    jsonb_build_object('sentiment', jsonb_build_object('label', CASE WHEN ${chance(5, 60)} THEN 'negative' ELSE 'neutral' END)), 'none', '不预警', ''
  FROM generate_series($1::int, $2::int) g`;
const STORIES = `INSERT INTO workflow.story (story_id, title, first_seen_at, last_seen_at, opinion_count, hotline_count, flagged_count, sources)
  SELECT md5('s' || g)::uuid, '事件' || g, ${MONDAY} - interval '3 days', ${MONDAY}, 1, 0, 1, '{s1,s2}' FROM generate_series(0, 4999) g`;
const ALERTS = `INSERT INTO workflow.alert (alert_id, story_id, opinion_id, state, title, summary, suggested_severity, departments, places, reason, raised_at, detected_at,
    decided_at, decided_by)
  SELECT md5('a' || g)::uuid, md5('s' || g)::uuid, md5('o' || g)::uuid, CASE WHEN ${chance(11, 20)} THEN 'false-alarm' ELSE 'confirmed' END, '预警' || g, '', 'III',
    '[]', '{}', '', ${at(12)}, ${at(12)}, ${at(12)} + interval '40 hours', '值班员' FROM generate_series(1, $1::int) g`;
const CASES = `INSERT INTO workflow.case_file (case_id, case_no, alert_id, story_id, title, state, severity, lead_department_id, lead_department_name, not_before, opened_at,
    opened_by, closed_at)
  SELECT md5('c' || g)::uuid, '舆〔2026〕' || g || '号', md5('a' || g)::uuid, md5('s' || g)::uuid, '舆情单' || g, 'handling', ${pick(21, 'I', 'II', 'III', 'IV')},
    ${pick(22, ...DEPARTMENTS)}, '单位', ${at(12)}, ${at(12)}, '值班员', CASE WHEN ${chance(23, 50)} THEN ${at(12)} + interval '50 hours' END
  FROM generate_series(1, $1::int) g`;
/** Two for each of the tasks, of five rules; some met in time, some late, some not. */
const CLOCKS = `INSERT INTO workflow.deadline (deadline_id, subject_kind, subject_id, case_id, department_id, rule, start_fact, start_at, stated_by, due_at, length_seconds,
    provisional, met_at, cancelled_at, pauses, extensions)
  SELECT md5('d' || g)::uuid, 'case', md5('c' || 1 + g % $2)::uuid, md5('c' || 1 + g % $2)::uuid, ${pick(31, ...DEPARTMENTS)},
    jsonb_build_object('id', ${pick(32, 'OP-01', 'OP-02', 'PI-01', 'HL-01', 'HL-02')}, 'name', ${pick(32, '首次', '动态', '解读', '签收', '办结')}, 'document', '文号',
      'milestone', ${pick(33, 'first-response', 'sign', 'interpretation', 'reminder', 'finish')}),
    'confirmed', ${at(34)}, '值班员', ${at(34)} + interval '24 hours', 86400, false,
    CASE WHEN ${chance(35, 70)} THEN ${at(34)} + make_interval(hours => (hashint8extended(g, 36) & 1023)::int % 30) END,
    CASE WHEN ${chance(37, 5)} THEN ${at(34)} + interval '1 hour' END, CASE WHEN ${chance(38, 10)} THEN '[{"from":"2026-11-16T00:00:00Z","to":"2026-11-16T01:00:00Z"}]' ELSE '[]' END::jsonb,
    CASE WHEN ${chance(39, 10)} THEN '[{"by":"x"}]' ELSE '[]' END::jsonb FROM generate_series(1, $1::int) g`;
const ORDERS = `INSERT INTO workflow.work_order (order_no, opinion_id, version, seq, changed_at, title, content, received_at, is_repeat, appeal, state, region, department_id,
    co_units, co_department_ids, extensions, returns, urges, reworks, closed_at, visit)
  SELECT 'W' || g, md5('o' || g)::uuid, 1, 1, ${at(41)}, '工单', '内容', ${at(41)}, false, '{}', CASE WHEN ${chance(42, 60)} THEN 'closed' ELSE 'handling' END,
    ${pick(43, '望北新区', '老城区', '江东区')}, ${pick(44, ...DEPARTMENTS)}, '[]', '[]', 0, 0, 0, 0, CASE WHEN ${chance(42, 60)} THEN ${at(41)} + interval '30 hours' END,
    CASE WHEN ${chance(42, 60)} AND ${chance(45, 80)} THEN jsonb_build_object('result', ${pick(46, '接通', '未接')}, 'satisfaction', ${pick(47, '满意', '不满意')}, 'exempt', ${chance(48, 10)}) END
  FROM generate_series(1, $1::int) g`;

/** Two weeks of a city, the second that of 2026-11-16: half of each lies in it. Made by the database; the same each time. */
export async function fillReportWeek(database: Database, size: { opinions: number; orders: number; tasks: number }): Promise<void> {
  for (let first = 1; first <= size.opinions; first += CHUNK)
    await database.query(OPINIONS, [first, Math.min(size.opinions, first + CHUNK - 1)]);
  const cases = Math.min(Math.ceil(size.tasks / 5), 4_000);
  await database.query(STORIES);
  await database.query(ALERTS, [cases]);
  await database.query(CASES, [cases]);
  await database.query(CLOCKS, [size.tasks * 2, cases]);
  await database.query(ORDERS, [size.orders]);
  for (const table of ['opinion', 'story', 'alert', 'case_file', 'deadline', 'work_order'])
    await database.query(`VACUUM ANALYZE workflow.${table}`);
}
