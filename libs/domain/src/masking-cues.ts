/** Names and homes in free text: nothing in a name itself tells that it is one, so it is known by the words around it. */

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝';
const COMPOUND = '欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|轩辕|长孙|宇文|百里|南宫|独孤|呼延';

/** What stands right before a name: 姓名：…, 我叫…, 联系人：… */
const NAMED =
  '(?:姓名|联系人|来电人|来信人|投诉人|诉求人|反映人|举报人|求助人|申请人|当事人|受害人|患者|业主)(?:姓名)?(?:是|为|叫)?[:：]\\s?|(?:我叫|名叫|本人叫|姓名是|姓名为|名字是|名字叫)\\s?';
/** What stands right after one: the end of a clause, or what people add to their names. */
const AFTER_NAME = '(?=$|[\\s\\d，,。；;、：:！!？?（(）)“”"\'<>/|]|电话|手机|号码|身份|住|家|男|女|今年|现年|系|来电|反映|投诉|的)';

export const NAME_AFTER_CUE = new RegExp(
  `(?<=${NAMED})(?:(?:${COMPOUND})[\\u4e00-\\u9fff]{1,2}|[${SURNAMES}][\\u4e00-\\u9fff]{1,2}?)${AFTER_NAME}`,
  'g',
);

const NUMBER = '(?:\\d{1,5}|[一二三四五六七八九十]{1,3})';
/** What stands before somebody's home; 住建局、住房、住院、住户、住宅 do not. */
const LIVES = '(?:居住|家住|现住|住址|住(?![建房院户宅])|家在|家庭地址|联系地址|户籍地址|地址)(?:是|为|在|于)?[:：]?\\s?';

const PARTS = '(?:号楼|号院|号|栋|幢|座|弄|组|巷|单元|楼|层|门|室|户|房)';
/** A last number without a word (3号楼201, 138号1-2602), unless it is the beginning of a telephone number. */
const BARE = `(?:\\s?[-－—]?\\s?${NUMBER}(?![\\d*]|\\s?[-－—]\\s?[\\d*]{5}))`;

/** A house by its number. Looked for first: looking back for the cue at every character of a text took half of all masking. */
const HOUSE = `${NUMBER}(?:号楼|号院|号|栋|幢|座|弄|组|巷)`;

/** House, unit and room of somebody's home; the street and the estate before them stay, because they are where the matter is. */
export const HOUSE_AFTER_CUE = new RegExp(
  `(?=${HOUSE})(?<=${LIVES}[^，,。；;！!？?*\\n\\d]{2,30})${HOUSE}(?:\\s?[-－—]?\\s?${NUMBER}${PARTS})*(?:${BARE}(?:[-－—]${NUMBER})?(?![\\d*-]))?`,
  'g',
);
