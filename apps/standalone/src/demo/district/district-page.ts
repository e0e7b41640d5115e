import { after, before, localStamp } from '../moments.js';

/** 青梧区政府通知公告: a site without a feed. Twice an hour its list is gone for some minutes, as when a site is laid out anew. */
export const NOTICES_SOURCE_ID = 'qingwu-notices';
export const NOTICES_PATH = '/qingwu/tzgg/index.html';

const FOLDER = '/qingwu/tzgg';
const PERIOD_MS = 30 * 60_000;
/** Within each half hour after the start. */
const GONE_FROM_MS = 12 * 60_000;
const GONE_UNTIL_MS = 17 * 60_000;

interface Notice {
  hoursBefore: number;
  title: string;
  office: string;
  lines: string[];
}

const NOTICES: readonly Notice[] = [
  {
    hoursBefore: -3,
    title: '青梧区图书馆冬季开放时间调整公告',
    office: '区文化和旅游局',
    lines: [
      '自下周一起，区图书馆开放时间调整为每日9时至20时，周三上午闭馆整理。',
      '自助借还机二十四小时开放，读者可凭身份证或读者证使用。',
    ],
  },
  {
    hoursBefore: 5,
    title: '关于公布青梧区第四季度社区讲座安排的通知',
    office: '区民政局',
    lines: ['本季度共安排十二场社区讲座，内容包括冬季养生、防范电信诈骗、家庭园艺等。', '讲座免费，可在社区服务中心现场报名，名额满为止。'],
  },
  {
    hoursBefore: 27,
    title: '青梧区公开招聘社区工作者笔试成绩公示',
    office: '区人力资源和社会保障局',
    lines: ['笔试成绩及进入面试人员名单见附件，公示期为五个工作日。', '面试时间、地点另行通知，请考生保持通讯畅通。'],
  },
  {
    hoursBefore: 52,
    title: '青梧区冬季义务植树活动报名通知',
    office: '区园林绿化中心',
    lines: ['活动地点为梧江湿地公园北区，提供树苗和工具，以家庭为单位报名。', '报名截止至本周五17时，名额三百户。'],
  },
  {
    hoursBefore: 98,
    title: '青梧区全民健身中心羽毛球馆预约办法',
    office: '区教育和体育局',
    lines: ['场馆实行实名预约，每日8时起可预约次日场次，每人每日限约一场。', '六十岁以上老年人工作日上午免费。'],
  },
  {
    hoursBefore: 170,
    title: '青梧区第五批非物质文化遗产代表性项目名录公示',
    office: '区文化和旅游局',
    lines: ['本批共认定项目七项，包括青梧剪纸、梧江号子等，公示期二十日。', '单位和个人如有意见，可书面反映。'],
  },
];

const publishedAt = (startedAt: Date, { hoursBefore }: Notice): Date =>
  hoursBefore >= 0 ? before(startedAt, { hours: hoursBefore }) : after(startedAt, { hours: -hoursBefore });

/** Where a notice's own page is. */
function pathOf(startedAt: Date, notice: Notice): string {
  const day = localStamp(publishedAt(startedAt, notice)).slice(0, 10).replaceAll('-', '');
  return `${FOLDER}/${day.slice(0, 6)}/t${day}_${1200 + NOTICES.indexOf(notice)}.html`;
}

/** The list, a notice's page, or what stands there while the list is gone; null for another path. */
export function districtPage(startedAt: Date, path: string, now: Date): Buffer | null {
  const shown = NOTICES.filter((notice) => publishedAt(startedAt, notice) <= now);
  if (path === NOTICES_PATH) return Buffer.from(isGone(startedAt, now) ? NEW_LAYOUT : listOf(startedAt, shown));
  const notice = shown.find((one) => pathOf(startedAt, one) === path);
  return notice === undefined ? null : Buffer.from(pageOf(startedAt, notice));
}

export function isGone(startedAt: Date, now: Date): boolean {
  const into = (now.getTime() - startedAt.getTime()) % PERIOD_MS;
  return into >= GONE_FROM_MS && into < GONE_UNTIL_MS;
}

const head = (title: string, metas = '') =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}-青梧区人民政府</title>${metas}</head>`;
const NAV = `<div class="nav"><a href="/qingwu/">网站首页</a><a href="/qingwu/zwgk/">政府信息公开</a><a href="/qingwu/hdjl/">互动交流平台</a></div>`;
const FOOT = `<div class="footer">主办：青梧区人民政府办公室（演示内容，单位、人物均为虚构）</div></body></html>`;

function listOf(startedAt: Date, notices: readonly Notice[]): string {
  const rows = notices.map((notice) => {
    const at = localStamp(publishedAt(startedAt, notice)).slice(0, 10);
    return `<li><a href="${pathOf(startedAt, notice)}" title="${notice.title}">${notice.title}</a><span class="date">${at}</span></li>`;
  });
  return `${head('通知公告')}<body>${NAV}<div class="main"><ul class="list">${rows.join('')}</ul></div>${FOOT}`;
}

const NEW_LAYOUT = `${head('通知公告')}<body>${NAV}<div id="app"></div><p>网站正在升级改版，新版栏目陆续上线，原有内容请稍后访问，给您带来的不便敬请谅解。本页面将在升级完成后恢复。</p><script>/* 演示：新版由脚本生成 */</script>${FOOT}`;

function pageOf(startedAt: Date, { title, office, lines, ...rest }: Notice): string {
  const at = localStamp(publishedAt(startedAt, { title, office, lines, ...rest }))
    .slice(0, 16)
    .replace('T', ' ');
  const metas = `<meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${at}"><meta name="ContentSource" content="${office}">`;
  const text = lines.map((line) => `<p>${line}</p>`).join('');
  return `${head(title, metas)}<body>${NAV}<h1>${title}</h1><div class="info">发布时间：${at} 来源：${office}</div><div id="zoom" class="TRS_Editor">${text}</div>${FOOT}`;
}
