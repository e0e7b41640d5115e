import { DEMO_PASSWORD } from '../demo/index.js';
import type { RunningStandalone } from '../standalone.js';

/** The last lines of a start: where to go, and as whom. */
export function welcome({ url, demo }: RunningStandalone): string {
  const accounts = [
    '  值班员 duty officer     luwenjing      部门负责人 department lead   gaohanqing (生态环境局)',
    `  带班领导 supervisor     zhoumingyuan   系统管理员 administrator     linkaiwen       password of all: ${DEMO_PASSWORD}`,
  ];
  const lines = ['', `  回应 Huiying: ${url}  ready`, ''];
  if (demo) lines.push('  Demo city 望川市 (invented). Accounts:', ...accounts, '');
  lines.push('  Ctrl-C ends it; the next start goes on where it stopped.', '');
  return lines.join('\n');
}
