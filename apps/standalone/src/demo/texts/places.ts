/** Places of config/city.yaml that the parametrised texts use; a spec checks that each is there. */
export interface Place {
  district: string;
  town: string;
  community: string;
}

const place = (district: string, town: string, communities: string[]): Place[] =>
  communities.map((community) => ({ district, town, community }));

/** Communities in the built-up area. */
export const URBAN_PLACES: readonly Place[] = [
  ...place('青梧区', '东塘街道', ['东塘社区', '桂园社区', '水厂社区', '文昌里社区']),
  ...place('青梧区', '文庙街道', ['文庙社区', '学宫社区', '三眼井社区']),
  ...place('青梧区', '钟楼巷街道', ['盐仓社区', '状元桥社区']),
  ...place('青梧区', '梧桐里街道', ['锦梧社区', '纺织新村社区', '机床厂社区']),
  ...place('青梧区', '南渡口街道', ['码头社区', '渔家墩社区']),
  ...place('临浦区', '浦东门街道', ['浦东门社区', '船厂社区']),
  ...place('临浦区', '滨江湾街道', ['望江花园社区', '江滩社区', '浦汇社区']),
  ...place('临浦区', '红砖厂街道', ['红砖厂社区', '铁路新村社区']),
  ...place('临浦区', '银杏街道', ['银杏社区', '会展社区']),
  ...place('望北新区', '科创路街道', ['云谷社区', '创客社区']),
  ...place('望北新区', '云台街道', ['云台山居社区', '梅岭社区']),
  ...place('望北新区', '龙门坝街道', ['龙门坝社区', '安置三区社区']),
];

/** Villages of the two counties and the outskirts. */
export const RURAL_PLACES: readonly Place[] = [
  ...place('澄溪县', '三岔溪镇', ['三岔溪村', '油榨坪村', '枫香坳村']),
  ...place('澄溪县', '龙潭坪镇', ['龙潭坪村', '斑竹园村']),
  ...place('澄溪县', '云雾界乡', ['茶盘村', '老屋冲村']),
  ...place('雁鸣县', '渔湖镇', ['渔湖村', '莲塘岗村']),
  ...place('雁鸣县', '陶窑镇', ['陶窑村', '窑头村']),
  ...place('雁鸣县', '甘蔗垄镇', ['甘蔗垄村', '糖厂村']),
  ...place('雁鸣县', '沙湾里乡', ['沙湾里村', '横堤村']),
  ...place('青梧区', '青石铺镇', ['高桥头村', '柳树湾村']),
  ...place('临浦区', '芦花荡镇', ['芦花荡村', '万亩垸村']),
  ...place('望北新区', '石榴滩镇', ['石榴滩村', '金盆村']),
];

/** 青梧区东塘街道桂园社区 */
export function fullPlace(place: Place): string {
  return `${place.district}${place.town}${place.community}`;
}
