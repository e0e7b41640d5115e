import { DEMO_PASSWORD, leaderAt, officerAt } from '../demo/index.js';
import type { DemoCity } from '../demo-city/demo-city.js';
import type { RunningStandalone } from '../standalone.js';

const FIRST_ACCOUNT = 'npm run account -- add NAME --name 姓名 --role administrator';

/** The last lines of a start: where to go, and as whom. `now` decides who is on duty in the demo. */
export function welcome({ url, demo }: Pick<RunningStandalone, 'url' | 'demo'>, now: Date): string {
  const lines = ['', `  回应 Huiying: ${url}  ready`, '', ...(demo ? [...demoAccounts(now), inbox(demo)] : firstAccount()), ''];
  lines.push('  Ctrl-C ends it; the next start goes on where it stopped.', '');
  return lines.join('\n');
}

function demoAccounts(now: Date): string[] {
  return [
    `  Demo city 望川市 (invented). Password of every account: ${DEMO_PASSWORD}`,
    `  值班员 duty officer, on duty now  ${officerAt(now).padEnd(14)}  部门负责人 department lead  fanlixin (住建局)`,
    `  带班领导 supervisor, on duty now  ${leaderAt(now).padEnd(14)}  系统管理员 administrator    linkaiwen`,
  ];
}

/** Where the demo's messages to group robots end up. */
function inbox(demo: Pick<DemoCity, 'channels'>): string {
  return `  演示收件箱 what it sends to 企业微信, 钉钉, 飞书: ${demo.channels.url}`;
}

function firstAccount(): string[] {
  return [
    '  Accounts are made in a second terminal, the first one for instance with',
    `    ${FIRST_ACCOUNT}`,
    '  which prints its password once.',
  ];
}
