import type { OpinionView } from '@huiying/contracts/http';
import { lightWords } from '../marks/highlight.js';
import { channelWord } from '../marks/labels.js';
import { LevelTag } from '../marks/level-tag.js';
import { LitText } from '../marks/lit-text.js';
import { Ago } from '../time/moment.js';
import { OrganName } from '../marks/organ-name.js';

/** The columns' names above the list. */
export function OpinionHead() {
  return (
    <div className="opinion-row opinion-head small quiet" aria-hidden="true">
      <span>级别</span>
      <span>标题与摘要</span>
      <span>主题 / 责任单位</span>
      <span>信源</span>
      <span>采集</span>
    </div>
  );
}

interface OpinionRowProps {
  opinion: OpinionView;
  query: string;
  isOn: boolean;
  onOpen: (id: string) => void;
}

export function OpinionRow({ opinion, query, isOn, onOpen }: OpinionRowProps) {
  const open = (event: React.MouseEvent) => {
    // A modified click opens a tab of its own, as on any link.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(opinion.id);
  };
  return (
    <a
      href={`/opinions/${opinion.id}`}
      className={`opinion-row${isOn ? ' row-on' : ''}${opinion.flagged ? '' : ' opinion-aside'}`}
      onClick={open}
      data-testid="opinion-row"
      data-id={opinion.id}
    >
      <span>
        {opinion.severity === null ? (
          <span className="quiet small">—</span>
        ) : (
          <LevelTag level={opinion.severity} suggested={opinion.caseId === null} />
        )}
      </span>
      <span className="opinion-what">
        <span className="clip opinion-title">
          <LitText stretches={lightWords(opinion.title === '' ? opinion.snippet : opinion.title, query)} />
        </span>
        <span className="clip small quiet">
          <LitText stretches={lightWords(opinion.snippet, query)} />
        </span>
      </span>
      <span className="opinion-whose small">
        <span className="clip">{opinion.topic?.name ?? (opinion.flagged ? '未归类' : '非政务舆情')}</span>
        <span className="clip quiet">{opinion.leadDepartment !== null && <OrganName name={opinion.leadDepartment.name} />}</span>
      </span>
      <span className="opinion-from small">
        <span className="clip">{opinion.sourceName}</span>
        <span className="clip quiet">
          {channelWord(opinion.channel)}
          {opinion.storySize > 1 && ` · 同事件 ${opinion.storySize} 条`}
        </span>
      </span>
      <span className="opinion-when small">
        <Ago at={opinion.capturedAt} />
        <span className="quiet">{opinion.caseId !== null ? '已立单' : opinion.alertId !== null ? '已预警' : ''}</span>
      </span>
    </a>
  );
}
