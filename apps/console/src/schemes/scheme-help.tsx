/** The syntax on one glance, as analysts know it. */
const LINES = [
  ['停水', '出现任意一个这样的词'],
  ['+望川', '必须出现'],
  ['!检修', '不能出现'],
  ['自来水|水务集团', '别名，算同一个词'],
  ['/停水.{0,4}天/', '正则（RE2 语法）'],
  ['停水 => 断供', '显示名'],
  ['[供水]', '组名；空行分组，任一组命中即可'],
  ['[全局排除]', '以下的词对所有组都排除'],
] as const;

export function SchemeHelp() {
  return (
    <details className="scheme-help">
      <summary>每行一个词。写法说明</summary>
      <dl>
        {LINES.map(([word, means]) => (
          <div key={word}>
            <dt>
              <code>{word}</code>
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
