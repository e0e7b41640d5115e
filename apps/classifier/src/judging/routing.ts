import type { Judgement, Reason } from '@huiying/contracts';
import { foreignHits } from './elsewhere.js';
import { ourPlaces } from './jurisdiction.js';
import type { CompiledLexicon } from './lexicon.js';
import { quoted, reasonOf, type Reading } from './reading.js';

type Routing = NonNullable<Judgement['routing']>;
type Departments = Judgement['departments'];

const CITED = '国办发〔2016〕61号';
/** A co-department this near to the lead shares the matter: 涉多个部门. */
const SHARED = 0.75;
const PROVINCES_MATTER = '省级主管部门';

/**
 * Who is responsible first (第一责任主体) and who coordinates, by 国办发〔2016〕61号: 国务院重大政策 is reported up and not judged here;
 * a vertically managed body is coordinated by its superior; several places need the superior body; several departments need a lead.
 * Null where it is no 政务舆情 of this city, or nobody is known to be responsible.
 */
export function judgeRouting(
  judged: { publicOpinion: Judgement['publicOpinion']; severity: Judgement['severity']; departments: Departments },
  reading: Reading,
  lexicon: CompiledLexicon,
): Routing | null {
  const [lead] = judged.departments;
  if (!judged.publicOpinion.verdict || lead === undefined) return null;
  const routing =
    nationalPolicy(reading, lexicon) ??
    severalPlaces(lead, reading, lexicon) ??
    vertical(lead, lexicon) ??
    cityPolicy(lead, reading, lexicon) ??
    severalDepartments(judged.departments, lexicon) ??
    general(lead, lexicon);
  return judged.severity.eventLevel === 'I' ? { ...routing, reasons: [...routing.reasons, mayorLeads()] } : routing;
}

function mayorLeads(): Reason {
  return { text: `初判特别重大，由本级政府主要负责同志领导、指导、协调、督促（${CITED}）`, matches: [] };
}

/** 本级政府办公室会同宣传部门, by the names of this city. */
function office(lexicon: CompiledLexicon): string {
  const named = (id: string, otherwise: string) => lexicon.departments.get(id)?.name ?? otherwise;
  return `${named('gov-office', '本级政府办公室')}会同${named('publicity', '宣传部门')}`;
}

/** A measure of the State Council in the title, doubted or disputed: 上报，不自行定性. */
function nationalPolicy(reading: Reading, lexicon: CompiledLexicon): Routing | null {
  const nation = reading
    .signals('nationwide')
    .filter((hit) => hit.field === 'title' || /国务院|中央|国家/.test(reading[hit.field].folded.slice(hit.start, hit.end)));
  const doubt = [...reading.signals('dispute'), ...reading.signals('misread')];
  const measure = reading.signals('measure');
  const own = [...reading.hits('organ'), ...reading.hits('self')];
  if (nation.length === 0 || measure.length === 0 || doubt.length === 0 || own.length > 0) return null;
  return {
    situation: 'national-policy',
    responsible: '国务院相关部门',
    coordinator: `${office(lexicon)}负责逐级上报`,
    reasons: [
      reasonOf(reading, `涉国务院重大政策${quoted(reading, nation)}，第一责任主体是国务院相关部门，本市上报、不自行定性（${CITED}）`, [
        ...nation,
        ...doubt,
      ]),
    ],
  };
}

/** Other cities beside ours: their superior answers first. Several districts of ours: the city's bureau does, which the general rule says too. */
function severalPlaces(lead: Departments[number], reading: Reading, lexicon: CompiledLexicon): Routing | null {
  const foreign = foreignHits(reading, lexicon);
  const ours = ourPlaces(reading);
  if (
    foreign.length > 0 &&
    ours.length > 0 &&
    /跨[省市界]|[两三多几]地|[两三多几]市|上下游|交界|毗邻/.test(reading.title.folded + reading.text.folded)
  ) {
    return {
      situation: 'several-places',
      responsible: PROVINCES_MATTER,
      coordinator: PROVINCES_MATTER,
      reasons: [
        reasonOf(
          reading,
          `涉本市和外地${quoted(reading, foreign)}，第一责任主体是上级政府主管部门，本市按属地由${lead.name}回应（${CITED}）`,
          [...ours, ...foreign],
        ),
      ],
    };
  }
  const districts = new Set(ours.map((hit) => hit.use.place.district).filter((code) => code !== null));
  if (districts.size < 2) return null;
  const names = [...districts].map((code) => lexicon.districtNames.get(code)!).join('、');
  return {
    situation: 'several-places',
    responsible: lead.name,
    coordinator: office(lexicon),
    reasons: [reasonOf(reading, `涉${names}，由市级主管部门${lead.name}为第一责任主体，各地按属地回应（${CITED}）`, ours)],
  };
}

function vertical(lead: Departments[number], lexicon: CompiledLexicon): Routing | null {
  if (!lexicon.departments.get(lead.departmentId)?.config.vertical) return null;
  return {
    situation: 'vertical',
    responsible: lead.name,
    coordinator: `${lead.name}的上级部门办公厅（室）会同宣传部门`,
    reasons: [{ text: `${lead.name}实行垂直管理，由其上级部门办公厅（室）会同宣传部门协调（${CITED}）`, matches: [] }],
  };
}

function cityPolicy(lead: Departments[number], reading: Reading, lexicon: CompiledLexicon): Routing | null {
  const measure = reading.signals('measure');
  const doubt = [...reading.signals('dispute'), ...reading.signals('misread')];
  const own = [...reading.hits('organ'), ...reading.hits('self')];
  if (measure.length === 0 || doubt.length === 0 || own.length === 0) return null;
  return {
    situation: 'city-policy',
    responsible: lead.name,
    coordinator: office(lexicon),
    reasons: [
      reasonOf(reading, `涉本市政府政策措施${quoted(reading, measure)}，由市政府主管部门回应（${CITED}，地方参照）`, [
        ...measure,
        ...doubt,
      ]),
    ],
  };
}

function severalDepartments(departments: Departments, lexicon: CompiledLexicon): Routing | null {
  const [lead, ...others] = departments;
  const sharing = others.filter(
    (d) => d.score >= SHARED * lead!.score && lexicon.departments.get(d.departmentId)?.config.kind !== 'district',
  );
  if (sharing.length === 0) return null;
  const names = [lead!, ...sharing].map((d) => d.name).join('、');
  return {
    situation: 'several-departments',
    responsible: lead!.name,
    coordinator: office(lexicon),
    reasons: [{ text: `涉${names}等部门，由${lead!.name}牵头，发布的信息须准确一致（${CITED}）`, matches: [] }],
  };
}

function general(lead: Departments[number], lexicon: CompiledLexicon): Routing {
  return {
    situation: 'general',
    responsible: lead.name,
    coordinator: office(lexicon),
    reasons: [{ text: `属地涉事责任部门${lead.name}为第一责任主体（${CITED}：属地管理、分级负责、谁主管谁负责）`, matches: [] }],
  };
}
