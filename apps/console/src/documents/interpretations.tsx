import type { DocumentDetail, InterpretationView } from '@huiying/contracts/http';
import { Empty } from '../states/empty.js';
import { fullTime } from '../time/beijing.js';

/** 解读材料: what explains the document, what each holds, and whether it and the document lead to each other. */
export function Interpretations({ item }: { item: DocumentDetail }) {
  return (
    <section className="panel" aria-labelledby="interpretations-head" data-testid="interpretations">
      <div className="panel-head">
        <h2 id="interpretations-head">解读材料</h2>
        <span className="quiet small">谁起草、谁解读；必备要素齐全、与文件互相链接</span>
      </div>
      {item.interpretations.length === 0 && <Empty title="还没有登记解读材料">解读发布后在此登记网址，解读时限随即停表。</Empty>}
      {item.interpretations.map((one) => (
        <Interpretation key={one.url + one.registeredAt} one={one} />
      ))}
    </section>
  );
}

function Interpretation({ one }: { one: InterpretationView }) {
  return (
    <div className="task-line" data-testid="interpretation">
      <p className="task-line-head">
        <b>{one.title}</b>
        <span className="small quiet">
          {one.form} · {one.channels.join('、')} · {fullTime(one.publishedAt)} 发布
        </span>
      </p>
      <p>
        <a href={one.url} target="_blank" rel="noreferrer noopener" className="evidence-url">
          {one.url}
        </a>
      </p>
      <ul className="element-list small">
        {one.elements.map(({ key, name, demanded, held }) => (
          <li key={key} className={held ? 'element-held' : demanded ? 'element-missing' : 'quiet'}>
            <span aria-hidden="true">{held ? '✓' : '—'}</span> {name}
            <span className="sr-only">{held ? '有' : '无'}</span>
          </li>
        ))}
      </ul>
      <p className="small">
        <Links links={one.links} />
        {one.copiedShare !== null && <span className="quiet"> · 与原文逐字相同 {Math.round(one.copiedShare * 100)}%</span>}
        {one.copiedReason !== null && <span className="quiet">（{one.copiedReason}）</span>}
      </p>
      <p className="small quiet">
        {one.registeredBy} {fullTime(one.registeredAt)} 登记
        {one.evidence?.sha256 && <span title={`SHA-256 ${one.evidence.sha256}`}> · 指纹 {one.evidence.sha256.slice(0, 12)}…</span>}
        {typeof one.evidence?.captureFailure === 'string' && (
          <span className="source-error"> · 快照未能留存：{one.evidence.captureFailure}</span>
        )}
      </p>
    </div>
  );
}

function Links({ links }: { links: InterpretationView['links'] }) {
  if (links === null) return <span className="quiet">双向链接未核查</span>;
  const word = (leads: boolean | null) => (leads === null ? '未知' : leads ? '有' : '无');
  const whole = links.documentLeads === true && links.interpretationLeads === true;
  return (
    <span className={whole ? 'links-whole' : 'overdue-word'} data-testid="links" data-whole={whole}>
      {whole ? '✓ 双向链接' : '双向链接不全'}：文件页→解读 {word(links.documentLeads)}，解读页→文件 {word(links.interpretationLeads)}
      {links.failure !== null && `（${links.failure}）`}
      <span className="quiet">，{fullTime(links.at)} 核查</span>
    </span>
  );
}
