import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { StoryDetail } from '@huiying/contracts/http';
import { storyQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { channelWord, RELATION_WORDS } from '../marks/labels.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { Ago } from '../time/moment.js';
import { DecisionDialog, type Decision } from './decision-dialog.js';
import { HeatChip, HeatWords } from './heat-chip.js';
import './stories.css';

const TOUCHES = ['stories', 'alerts', 'board', 'opinions', 'cases'];
const ACT_WORDS = { merge: '并案', split: '拆案', fix: '固定', unfix: '取消固定', perhaps: '疑似' };
const OUTCOMES: Record<string, string> = { undone: '已撤销', merged: '已并案', dismissed: '已判不是' };

/** One story: what was said, how it grows, where, how hot; what belongs to it, an officer decides. */
export default function StoryPage() {
  const { id = '' } = useParams();
  const { data: story, error, refetch } = useQuery(storyQuery(id));
  usePageTitle(story?.title ?? '事件');
  if (story === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="事件" onRetry={() => void refetch()} />;
  return <Story story={story} />;
}

function Story({ story }: { story: StoryDetail }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const close = () => {
    setDecision(null);
    setChosen([]);
  };
  return (
    <div className="page story-page">
      <div className="page-head">
        <h1 data-testid="story-title">{story.title || '（无标题）'}</h1>
        <HeatChip heat={story.heat} surge={story.surge} />
        {story.fixedBy !== null && <span className="state state-done">{story.fixedBy}已固定</span>}
        {story.alert !== null && <Link to={`/alerts/${story.alert.id}`}>看预警</Link>}
        {story.alert?.caseId && <Link to={`/cases/${story.alert.caseId}`}>看舆情单</Link>}
        {story.canDecide && (
          <span className="page-head-end">
            <Button
              disabled={chosen.length === 0}
              onClick={() => setDecision({ kind: 'split', opinionIds: chosen })}
              data-testid="story-split"
            >
              拆出所选{chosen.length > 0 ? `（${chosen.length}）` : ''}
            </Button>
            <Button onClick={() => setDecision({ kind: 'merge', other: null })} data-testid="story-merge">
              并案…
            </Button>
            <Button onClick={() => setDecision({ kind: story.fixedBy === null ? 'fix' : 'unfix' })} data-testid="story-fix">
              {story.fixedBy === null ? '固定' : '取消固定'}
            </Button>
          </span>
        )}
      </div>
      <div className="story-columns">
        <Panel title={`信息 ${story.opinionCount} 条`}>
          {story.opinionCount > story.opinions.length && <p className="small quiet">只列出最新的 {story.opinions.length} 条</p>}
          <ul className="story-opinions">
            {story.opinions.map((one) => (
              <li key={one.id} data-testid="story-opinion">
                {story.canDecide && (
                  <Checkbox
                    aria-label={`选择“${one.title}”`}
                    checked={chosen.includes(one.id)}
                    onChange={({ target }) => setChosen(target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))}
                  />
                )}
                <span>
                  <Link to={`/opinions/${one.id}`}>{one.title}</Link>
                  <span className="small quiet">
                    {one.sourceName} · {channelWord(one.channel)} · {RELATION_WORDS[one.relation] ?? one.relation} ·{' '}
                    <Ago at={one.publishedAt ?? one.capturedAt} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        <aside>
          <Candidates story={story} onMerge={(other) => setDecision({ kind: 'merge', other })} />
          <Panel title="走势与信源">
            <Trend days={story.days} />
            <p className="small">
              {story.channels.map(({ channel, count }) => `${channelWord(channel)} ${count}`).join(' · ')}；首见{' '}
              {fullTime(story.firstSeenAt)}
            </p>
          </Panel>
          <Panel title="热度">
            <HeatWords heat={story.heat} surge={story.surge} />
          </Panel>
          <Acts story={story} />
        </aside>
      </div>
      {decision !== null && <DecisionDialog story={story} decision={decision} onClose={close} />}
    </div>
  );
}

function Candidates({ story, onMerge }: { story: StoryDetail; onMerge: (other: { id: string; title: string }) => void }) {
  const dismiss = useStep({ run: (actId: string) => steps.dismissCandidate(actId), done: '已记为不是同一事件', touches: TOUCHES });
  if (story.candidates.length === 0) return null;
  return (
    <Panel title="疑似同一事件" testId="candidates">
      <p className="small quiet">说法有相近处，系统不敢自动归并，请判定。并案可以撤销；判“不是”后不再提示。</p>
      <ul className="story-opinions">
        {story.candidates.map((one) => (
          <li key={one.actId}>
            <span>
              <Link to={`/stories/${one.storyId}`}>{one.title}</Link>
              <span className="small quiet">
                {one.opinionCount} 条 · 内容相近度 {Math.round(one.likeness * 100)}%
              </span>
            </span>
            {story.canDecide && (
              <span className="story-acts">
                <Button size="small" onClick={() => onMerge({ id: one.storyId, title: one.title })} data-testid="candidate-merge">
                  并案
                </Button>
                <Button size="small" type="text" onClick={() => dismiss.mutate(one.actId)}>
                  不是
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Panel({ title, testId, children }: { title: string; testId?: string; children: ReactNode }) {
  return (
    <section className="panel story-panel" data-testid={testId}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      <div className="panel-body">{children}</div>
    </section>
  );
}

/** A bar a day, with its count in words for those who do not see it. */
function Trend({ days }: { days: StoryDetail['days'] }) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  return (
    <figure className="story-figure">
      <div className="story-trend" role="img" aria-label={days.map(({ day, count }) => `${day} ${count}条`).join('，')}>
        {days.map(({ day, count }) => (
          <span key={day} title={`${day} ${count} 条`} style={{ height: `${(count / most) * 100}%` }} />
        ))}
      </div>
      <figcaption className="small quiet">
        <span>{days[0]?.day.slice(5)}</span>
        <span>最多一天 {most} 条</span>
        <span>{days.at(-1)?.day.slice(5)}</span>
      </figcaption>
    </figure>
  );
}

function Acts({ story }: { story: StoryDetail }) {
  const undo = useStep({ run: (actId: string) => steps.undoStoryAct(actId), done: '已撤销', touches: TOUCHES });
  if (story.acts.length === 0) return null;
  return (
    <Panel title="归并记录" testId="story-acts">
      <ul className="story-opinions">
        {story.acts.map((act) => (
          <li key={act.id}>
            <span>
              {ACT_WORDS[act.kind]}
              {act.otherTitle !== null && `：${act.otherTitle}`}
              <span className="small quiet">
                {act.by} · <Ago at={act.at} /> · {act.reason}
                {act.outcome !== null && ` · ${OUTCOMES[act.outcome]}`}
              </span>
            </span>
            {act.canUndo && (
              <Button size="small" type="text" onClick={() => undo.mutate(act.id)} data-testid="act-undo">
                撤销
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
