import type { ThresholdBody } from '@huiying/contracts/http';
import { thresholdSource, type ThresholdSource } from '@huiying/domain';
import { segmenterOfProcess, spotsOf } from '@huiying/text';
import type { CityConfig } from '@huiying/settings';

/** What a rule looks at of an opinion. */
export interface CountedOpinion {
  title: string;
  text: string;
  channel: string;
  topicCode: string | null;
  jurisdiction: string;
  places: readonly string[];
}

/** A text that names more places than this is a list of them. */
const SPOTS_AT_MOST = 3;
const READ_CHARACTERS = 1_000;

/** Which group of a rule an opinion counts in: its place, and its topic where the rule says so. */
export class ThresholdGroups {
  private readonly levels: ReadonlyMap<string, 'spot' | 'town' | 'district'>;

  constructor(
    { districts, landmarks }: Pick<CityConfig, 'districts' | 'landmarks'>,
    private readonly topicName: (code: string) => string,
    private readonly warn: (sentence: string) => void,
  ) {
    this.levels = new Map([
      ...landmarks.filter(({ kind }) => SPOT_KINDS.has(kind)).map(({ name }) => [name, 'spot'] as const),
      ...districts.flatMap(({ towns }) => towns.flatMap(({ villages }) => villages.map((name) => [name, 'spot'] as const))),
      ...districts.flatMap(({ towns }) => towns.map(({ name }) => [name, 'town'] as const)),
      ...districts.map(({ name }) => [name, 'district'] as const),
    ]);
  }

  /** How an opinion counts under each rule that counts it; its places are read once, however many rules there are. */
  reader(opinion: CountedOpinion): (body: ThresholdBody) => { source: ThresholdSource; groups: string[] } | null {
    const source = thresholdSource(opinion.channel);
    const { topicCode } = opinion;
    let spots: string[] | null = null;
    return (body) => {
      if (opinion.jurisdiction === 'not-ours' || !body.needs.some(({ sources }) => sources.includes(source))) return null;
      if (body.topics.length > 0 && !body.topics.some((code) => topicCode?.startsWith(code))) return null;
      if (body.sameTopic && topicCode === null) return null;
      const places =
        body.place === 'city'
          ? ['全市']
          : body.place === 'spot'
            ? (spots ??= this.spotsIn(opinion))
            : opinion.places.filter((name) => this.levels.get(name) === body.place).slice(0, 1);
      if (places.length === 0) return null;
      const topic = body.sameTopic ? ` · ${this.topicName(topicCode!)}` : '';
      return { source, groups: places.map((place) => `${place}${topic}`) };
    };
  }

  /** By the city's own list; where nothing of it is named, by the form of a name: 和平里 of “和平里小区”. */
  private spotsIn({ title, text, places }: CountedOpinion): string[] {
    const listed = places.filter((name) => this.levels.get(name) === 'spot');
    if (listed.length > 0) return [...new Set(listed)].slice(0, SPOTS_AT_MOST);
    const said = spotsOf(segmenterOfProcess(this.warn).cut(`${title}\n${text.slice(0, READ_CHARACTERS)}`));
    return said.filter((name) => !NO_NAME.test(name) && !this.levels.has(name)).slice(0, SPOTS_AT_MOST);
  }
}

/** Words that stand before 路、学校、小区 … and name none: 快速路, 寄宿学校, 街道社区. */
const NO_NAME =
  /^(?:街道|快速|高速|环城|步行|商业|寄宿|双语|实验|职业|技工|特殊|民族|中心|示范|认为|反映|要求|建议|反对|支持|投诉|咨询|举报|不少|许多|很多|有些|某些|其他|其它|另外|居住|物业|开发|施工|改造|管理|服务|卫生|健康|文明|平安|和谐|智慧|电梯|停车|供水|供电|供暖|燃气|垃圾|消防|治安|交通|人行|机动|非机动|水泥|柏油|乡间|田间|进村|出村|通村|入户|上学|放学|回家|路段|沿线|全长|主要)$/;

const SPOT_KINDS = new Set(['小区', '园区', '学校', '商业', '市场', '道路']);
