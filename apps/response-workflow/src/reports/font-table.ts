/** Faces of 公文, and what a machine without them has in their place: Windows, WPS, macOS, Linux. */
const FACES: Record<string, readonly string[]> = {
  仿宋_GB2312: ['仿宋', 'FangSong', 'STFangsong', 'FandolFang', 'Noto Serif CJK SC'],
  楷体_GB2312: ['楷体', 'KaiTi', 'STKaiti', 'FandolKai', 'Noto Serif CJK SC'],
  黑体: ['SimHei', 'STHeiti', 'Noto Sans CJK SC'],
  方正小标宋简体: ['FZXiaoBiaoSong-B05S', '宋体', 'SimSun', 'STSong', 'Noto Serif CJK SC'],
};

/** `word/fontTable.xml`: by it a program chooses another face of the same kind where one is missing. */
export function fontTable(): string {
  const fonts = Object.entries(FACES).map(
    ([face, others]) =>
      `<w:font w:name="${face}"><w:altName w:val="${others.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>`,
  );
  const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${space}">${fonts.join('')}</w:fonts>`;
}
