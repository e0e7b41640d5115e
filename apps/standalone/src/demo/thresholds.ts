/** Threshold rules of the demo's desk, written half way through the past: one is reached, one is stricter. */
export const DEMO_THRESHOLDS = {
  by: 'luwenjing',
  rules: [
    {
      name: '同一小区两单一帖',
      reason: '多户同时反映又有人发帖的，先行核实',
      body: {
        place: 'spot' as const,
        sameTopic: false,
        topics: [],
        needs: [
          { sources: ['call' as const], count: 2 },
          { sources: ['post' as const], count: 1 },
        ],
        windowHours: 24,
      },
    },
    {
      name: '同区县同主题热线集中',
      reason: '单日同类来电异常集中',
      body: {
        place: 'district' as const,
        sameTopic: true,
        topics: [],
        needs: [{ sources: ['call' as const], count: 15 }],
        windowHours: 24,
      },
    },
  ],
};
