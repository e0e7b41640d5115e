/** What the demo's desk watches beside what is judged: written half way through the past, so that later opinions match. */
export const DEMO_SCHEME = {
  by: 'luwenjing',
  name: '供水水质',
  effect: 'mark' as const,
  reason: '近期水质反映多发，盯两周',
  text: `# 自来水停水、浑浊、异味
[停水]
停水|断水|没水
!计划检修

[水质]
+自来水|水龙头|供水
/(发黄|浑浊|异味|臭|腥)/

[全局排除]
演练
`,
};
