/** A stretch of a draft that must not go out, or must be looked at. */
export interface SecrecyHit {
  /** `stop`: must not be published as it stands; `look`: the reviewer decides. */
  weight: 'stop' | 'look';
  matched: string;
  said: string;
}

const MARKS: [SecrecyHit['weight'], RegExp, string][] = [
  ['stop', /绝密|机密(?!文件柜)|秘密(?:★|级|▲)|★\s?\d+年/g, '带有国家秘密标志：涉密内容不得在本系统处理，更不得公开（保守国家秘密法）'],
  [
    'stop',
    /内部(?:资料|参考|文件|传阅|情况)|工作秘密|不得外传|注意保存/g,
    '带有内部标志：属工作秘密或过程性信息的，不予公开（信息公开条例第16条）',
  ],
  ['stop', /(?<!\d)\d{17}[\dXx](?!\d)/g, '身份证号码：属个人信息，不得公开（个人信息保护法第25条）'],
  ['look', /(?<!\d)1[3-9]\d{9}(?!\d)/g, '手机号码：确认为对外公布的号码，而不是个人号码'],
  [
    'look',
    /(?:举报人|报料人|投诉人|来电人|当事人|患者|学生|死者|伤者)[\u4e00-\u9fff]{0,2}[张王李刘陈杨黄赵吴周徐孙马朱胡郭何高林罗][\u4e00-\u9fff]{1,2}(?=[，。、（(]|男|女)/g,
    '可能是当事人姓名：确有必要并征得同意方可公开',
  ],
  ['look', /(?:未成年|病历|诊断为|感染者|行踪轨迹)/g, '可能涉及敏感个人信息（个人信息保护法第28条）'],
  ['look', /(?:请示|会议纪要|领导批示|讨论稿|送审稿|征求意见稿)/g, '可能是过程性信息（信息公开条例第16条），确认可以公开'],
];

/** What the secrecy review (保密审查) must look at in a draft, in the order of the text. A help for the reviewer, who decides. */
export function secrecyHits(text: string): SecrecyHit[] {
  return MARKS.flatMap(([weight, pattern, said]) =>
    [...text.matchAll(pattern)].map((match) => ({ at: match.index, weight, matched: match[0], said })),
  )
    .sort((a, b) => a.at - b.at)
    .map(({ at: _, ...hit }) => hit);
}
