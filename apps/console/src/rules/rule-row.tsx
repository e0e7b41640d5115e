import type { RuleView, StandardView } from '@huiying/contracts/http';

const JURISDICTION_WORDS = { national: '国家', province: '省', city: '本市' } as const;

/** One rule: a line to scan, and on a click all there is to know of it. */
export function RuleRow({ rule }: { rule: RuleView }) {
  return (
    <details className="rule-row" data-testid="rule-row" data-rule={rule.id}>
      <summary>
        <span className="rule-id">{rule.id}</span>
        <b className="clip">{rule.name}</b>
        <span>
          {rule.length}
          {rule.cutoff !== null && rule.cutoff !== '24:00' && `，${rule.cutoff}止`}
        </span>
        <span className="clip quiet">自{rule.startsFrom}</span>
        <span className="clip" title={rule.document}>
          {rule.document}
          {rule.clause !== null && ` ${rule.clause}`}
        </span>
        <span className="quiet nowrap">{rule.openClockCount > 0 ? `在办 ${rule.openClockCount}` : ''}</span>
      </summary>
      <p className="rule-text">{rule.text}</p>
      <dl className="facts">
        <Fact word="责任">{rule.owner}</Fact>
        <Fact word="适用">
          {rule.severities.length === 4 ? '各级' : `${rule.severities.join('、')} 级`}
          {rule.matters.length > 0 && `；${rule.matters.join('、')}`}
        </Fact>
        <Fact word="预警">{rule.warnings.join('、') || '无'}</Fact>
        <Fact word="暂停">{rule.pausableFor.length > 0 ? `可因${rule.pausableFor.join('、')}暂停计时` : '不可暂停'}</Fact>
        <Fact word="延期">{rule.extension ?? '不可延期'}</Fact>
        <Fact word="层级与版本">
          {JURISDICTION_WORDS[rule.jurisdiction]} · {rule.version} · 自 {rule.effectiveFrom}
          {rule.effectiveUntil !== null && ` 至 ${rule.effectiveUntil}`}
        </Fact>
        <Fact word="核对情况">{rule.certainty}</Fact>
      </dl>
    </details>
  );
}

export function StandardRow({ standard }: { standard: StandardView }) {
  return (
    <details className="rule-row" data-testid="rule-row" data-rule={standard.id}>
      <summary>
        <span className="rule-id">{standard.id}</span>
        <b className="clip">{standard.name}</b>
        <span className="rule-measure">{standard.measure}</span>
        <span className="clip" title={standard.document}>
          {standard.document}
          {standard.clause !== null && ` ${standard.clause}`}
        </span>
        <span className="quiet nowrap">{standard.isAdopted ? '' : '未采用'}</span>
      </summary>
      <p className="rule-text">{standard.text}</p>
      <dl className="facts">
        <Fact word="责任">{standard.owner}</Fact>
        <Fact word="核对情况">{standard.certainty}</Fact>
      </dl>
    </details>
  );
}

function Fact({ word, children }: { word: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </>
  );
}
