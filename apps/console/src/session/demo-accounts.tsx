import type { LoginHints } from '@huiying/contracts/http';
import { ROLE_WORDS } from '../marks/labels.js';
import { featuredFirst } from './featured-first.js';

type Account = LoginHints['accounts'][number];

/** The demo's people: one click fills the form. */
export function DemoAccounts({ accounts, onPick }: { accounts: Account[]; onPick: (account: Account) => void }) {
  return (
    <section className="login-demo" aria-label="演示账号" data-testid="demo-accounts">
      <h2>演示账号</h2>
      <p>点一下即填入，数据与人物均为虚构。</p>
      <ul>
        {featuredFirst(accounts).map((account) => (
          <li key={account.username}>
            <button type="button" onClick={() => onPick(account)} data-testid={`demo-${account.username}`}>
              <b>{account.name}</b>
              <span>{account.departmentName === null ? ROLE_WORDS[account.role] : `${account.departmentName} · 负责人`}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
