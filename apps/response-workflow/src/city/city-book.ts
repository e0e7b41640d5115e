import type { Judgement } from '@huiying/contracts';
import {
  answersOn,
  existsOn,
  localDateOf,
  type AlertingRules,
  type DeadlineRule,
  type ScorePlan,
  type Standard,
  type WorkCalendar,
} from '@huiying/domain';
import {
  readAlertingRules,
  entryFor,
  readCalendar,
  readCatalogue,
  readCity,
  readDepartments,
  readDutyRoster,
  readEscalation,
  readRules,
  readScorePlan,
  readStandards,
  readTopics,
  type CatalogueConfig,
  type DepartmentConfig,
  type DutyRoster,
  type EscalationConfig,
} from '@huiying/settings';

/** A department as the workflow knows it. */
type KnownBody = Pick<DepartmentConfig, 'id' | 'name' | 'short'> &
  Partial<Pick<DepartmentConfig, 'aliases' | 'validFrom' | 'validTo' | 'successor'>>;

/** What the configuration of this city lays down for the workflow; calendar and rules follow what is entered on the console. */
export interface CityBookParts {
  /** e.g. 望川市 */
  name: string;
  /** Before the year of a case number: 望舆 gives 望舆〔2026〕17号. */
  caseNoPrefix: string;
  /** 兜底单位: takes a case whose dispute ran out undecided; null = a person decides. */
  fallbackDepartmentId: string | null;
  /** When an interpretation must be out: with the document (PI-03), or within its days (PI-01). */
  syncMode: 'deploy' | 'publish';
  departments: readonly KnownBody[];
  topics: readonly { code: string; name: string }[];
  /** 事项目录 in use; tests may do without. */
  catalogue?: Readonly<CatalogueConfig>;
  rules: readonly DeadlineRule[];
  standards: readonly Standard[];
  calendar: WorkCalendar;
  alerting: AlertingRules;
  scorePlan: ScorePlan;
  roster: DutyRoster;
  escalation: EscalationConfig;
}

/** Names and rules of the city, looked up by those who act. */
export class CityBook {
  private readonly byId: ReadonlyMap<string, KnownBody>;

  private readonly byName: ReadonlyMap<string, string>;

  private held: CityBookParts;

  constructor(parts: CityBookParts) {
    this.held = parts;
    this.byId = new Map(parts.departments.map((department) => [department.id, department]));
    this.byName = new Map(
      parts.departments.flatMap(({ id, name, short, aliases = [] }) =>
        [name, ...short, ...aliases.map((one) => one.name)].map((n) => [n, id]),
      ),
    );
  }

  get parts(): CityBookParts {
    return this.held;
  }

  /** From now on this calendar and these rules hold in this process: an administrator entered them, here or elsewhere. */
  enact(law: Pick<CityBookParts, 'rules' | 'calendar'>): void {
    this.held = { ...this.held, ...law };
  }

  /** @throws BadConfig with the faults of the first file that cannot be used */
  static read(configFolder: string): CityBook {
    const { city } = readCity(configFolder);
    const { topics, catalogue } = readTopics(configFolder);
    return new CityBook({
      name: city.name,
      caseNoPrefix: `${[...city.name][0]}舆`,
      fallbackDepartmentId: city.fallbackDepartment ?? null,
      syncMode: city.interpretationSync,
      departments: readDepartments(configFolder),
      topics: topics.flatMap((branch) => branch.children),
      catalogue: readCatalogue(configFolder, catalogue),
      rules: readRules(configFolder),
      standards: readStandards(configFolder),
      calendar: readCalendar(configFolder),
      alerting: readAlertingRules(configFolder),
      scorePlan: readScorePlan(configFolder),
      roster: readDutyRoster(configFolder),
      escalation: readEscalation(configFolder),
    });
  }

  /** A judgement with the place of its topic in the city's catalogue. */
  filed(judgement: Judgement, { title, text }: { title: string; text: string }): Judgement {
    const { topic } = judgement;
    const { catalogue } = this.held;
    const entry = topic && catalogue && entryFor(catalogue, topic.code, `${title}\n${text}`);
    if (!topic || !catalogue || !entry) return judgement;
    const { title: name, version } = catalogue;
    return { ...judgement, topic: { ...topic, filed: { catalogue: `${name} ${version}`, code: entry.code, path: entry.path } } };
  }

  /** Who answers at that time for the department that is called so, by any of its names; null for a unit the city does not list. */
  departmentNamed(name: string | null, at: Date): string | null {
    const id = name === null ? undefined : this.byName.get(name.trim());
    return id === undefined ? null : this.answering(id, at);
  }

  /** Who has the duties of a department at that time: itself, its successor once it has ended, or who answers until it begins. */
  answering(id: string, at: Date): string {
    return answersOn(this.byId, id, localDateOf(at))?.id ?? id;
  }

  /** The departments that are there at that time, in their order. */
  departmentsAt(at: Date): readonly KnownBody[] {
    return this.held.departments.filter((department) => existsOn(department, localDateOf(at)));
  }

  knowsDepartment(id: string): boolean {
    return this.byId.has(id);
  }

  /** How the trade calls a department; an id that the configuration has lost stands for itself. */
  departmentName(id: string): string {
    return this.byId.get(id)?.short[0] ?? this.byId.get(id)?.name ?? id;
  }
}
