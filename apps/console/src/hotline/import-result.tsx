import { App, Button, Progress } from 'antd';
import { Link } from 'react-router';
import type { HotlineImportView } from '@huiying/contracts/http';
import { failureWords } from '../api/problem-words.js';
import { hotlineApi } from './hotline-api.js';

interface ImportResultProps {
  view: HotlineImportView;
  onOther: () => void;
  onAgain: () => void;
}

/** How far it is, and what came of it. Leaving the page does not stop it. */
export function ImportResult({ view, onOther, onAgain }: ImportResultProps) {
  const { progress, state } = view;
  const count = (n: number | undefined) => (n ?? 0).toLocaleString('zh-CN');
  return (
    <div className="sheet import-sheet" data-testid="import-result" data-state={state}>
      <b className="clip">{view.fileName}</b>
      <Progress
        percent={state === 'done' ? 100 : Math.floor((progress?.share ?? 0) * 100)}
        status={state === 'failed' ? 'exception' : state === 'done' ? 'success' : 'active'}
      />
      <dl className="import-counts" aria-live="polite">
        <Count word="已读" value={count(progress?.rows)} />
        <Count word="新收下" value={count(progress?.accepted)} />
        <Count word="已有，未变" value={count(progress?.unchanged)} />
        <Count word="未导入" value={count(progress?.rejected)} wrong={(progress?.rejected ?? 0) > 0} />
      </dl>
      {state === 'running' && <p className="small quiet">正在导入。可以离开此页，导入会继续；回来用浏览器的后退即可。</p>}
      {view.failure !== null && (
        <p className="field-fault" role="alert">
          {view.failure}
        </p>
      )}
      {view.rejected.length > 0 && <RejectedRows view={view} />}
      {state !== 'running' && (
        <div className="import-acts">
          {(progress?.rejected ?? 0) > 0 && <DownloadRejected view={view} />}
          <Button onClick={onAgain}>改对应关系再导一次</Button>
          <Button onClick={onOther}>导入另一个文件</Button>
          <Link to="/opinions?channel=hotline">查看热线舆情</Link>
        </div>
      )}
    </div>
  );
}

function Count({ word, value, wrong = false }: { word: string; value: string; wrong?: boolean }) {
  return (
    <div>
      <dt className="small quiet">{word}</dt>
      <dd className={wrong ? 'import-wrong-count' : undefined}>{value}</dd>
    </div>
  );
}

function RejectedRows({ view }: { view: HotlineImportView }) {
  const rest = (view.progress?.rejected ?? 0) - view.rejected.length;
  return (
    <ul className="import-rejected">
      {view.rejected.map(({ line, faults }) => (
        <li key={line}>
          第 {line} 行：{faults.join('；')}
        </li>
      ))}
      {rest > 0 && <li className="quiet">另有 {rest.toLocaleString('zh-CN')} 行，见下载的表格</li>}
    </ul>
  );
}

function DownloadRejected({ view }: { view: HotlineImportView }) {
  const { message } = App.useApp();
  const download = async () => {
    try {
      const address = URL.createObjectURL(await hotlineApi.rejected(view.importId));
      const link = document.createElement('a');
      link.href = address;
      link.download = `${view.fileName.replace(/\.\w+$/, '')}-未导入.xlsx`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      void message.error(failureWords(error as Error));
    }
  };
  return (
    <Button type="primary" onClick={() => void download()} data-testid="import-rejected">
      下载未导入的行
    </Button>
  );
}
