import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { CaseDetail } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { KEY_CATEGORY_WORDS } from '../marks/labels.js';
import { useSession } from '../session/session.js';
import { LevelTag } from '../marks/level-tag.js';
import { CaseStateTag } from '../marks/state-tag.js';
import { ActButton } from '../states/act-button.js';
import { fullTime } from '../time/beijing.js';
import { CaseNotes } from './case-notes.js';
import { CaseWork } from './case-work.js';
import { StepLine } from './step-line.js';
import { OrganName } from '../marks/organ-name.js';

const AssignDialog = lazy(() => import('./assign-dialog.js'));
const EvidenceDialog = lazy(() => import('./evidence-dialog.js'));
const CloseDialog = lazy(() => import('./close-dialog.js'));
type Dialog = 'assign' | 'register-evidence' | 'close';

/** What this case is, where it stands, and the lawful next steps. */
export function CaseHeader({ item }: { item: CaseDetail }) {
  const { role } = useSession().person;
  const [open, setOpen] = useState<Dialog | null>(null);
  const close = () => setOpen(null);
  const act = (dialog: Dialog, word: string, primary: boolean) => (
    <ActButton type={primary ? 'primary' : 'default'} action={actionOf(item.actions, dialog)} onClick={() => setOpen(dialog)}>
      {word}
    </ActButton>
  );
  return (
    <header className="sheet-head">
      <p className="crumbs small">
        <Link to="/cases">舆情单</Link> / {item.caseNo}
      </p>
      <div className="sheet-title">
        <LevelTag level={item.severity} />
        <h1>{item.title}</h1>
        <div className="sheet-acts no-print">
          {act('assign', '交办', item.state === 'opened')}
          {act('register-evidence', '登记发布', item.state !== 'opened' && item.state !== 'responded')}
          {act('close', '办结', item.state === 'responded')}
          <CaseWork item={item} />
          {role !== 'department-lead' && (
            <Link to={`/reports?case=${item.id}`} className="plain-button" data-testid="to-special">
              专报
            </Link>
          )}
          <button type="button" className="plain-button" onClick={() => print()}>
            打印
          </button>
        </div>
      </div>
      <p className="sheet-facts">
        <CaseStateTag state={item.state} />
        <span>
          {item.leadDepartment === null ? (
            '尚未交办'
          ) : (
            <>
              牵头 <OrganName name={item.leadDepartment.name} />
            </>
          )}
        </span>
        {item.topic !== null && <span>{item.topic.name}</span>}
        {item.keyCategory !== null && <span>重点回应：{KEY_CATEGORY_WORDS[item.keyCategory]}</span>}
        <span>
          {item.openedBy} {fullTime(item.openedAt)} 建单
        </span>
        <Link to={`/alerts/${item.alert.id}`}>预警与研判依据</Link>
      </p>
      <CaseNotes item={item} />
      <StepLine item={item} />
      <Suspense>
        {open === 'assign' && <AssignDialog item={item} onClose={close} />}
        {open === 'register-evidence' && <EvidenceDialog item={item} onClose={close} />}
        {open === 'close' && <CloseDialog item={item} onClose={close} />}
      </Suspense>
    </header>
  );
}
