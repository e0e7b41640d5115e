import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountView, CreatePersonRequest, DepartmentView, PersonView } from '@huiying/contracts/http';
import { BadInput, NotFound, Refusal } from '@huiying/domain';
import { AuditTrail, People, type PersonRow } from '@huiying/persistence';
import { CityBook } from '../city/index.js';
import { actorOf, type Actor, type SignedBy } from './actor.js';
import { hashPassword } from './password.js';
import { WorkflowStore } from '../timeline/index.js';

/** An account that is made at start where it is missing, e.g. of the demo city. */
export interface AccountSeed {
  id: string;
  username: string;
  name: string;
  role: PersonView['role'];
  departmentId: string | null;
  phone: string | null;
  email: string | null;
  password: string;
}

/** Accounts: who there is, and who is added or ended. */
@Injectable()
export class PeopleDesk {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** Adds accounts that are missing; those that exist stay as they are. Returns how many were added. */
  async seed(seeds: readonly AccountSeed[]): Promise<number> {
    const known = new Set((await new People(this.store.database).all()).map((person) => person.username));
    const missing = seeds.filter((seed) => !known.has(seed.username));
    const hashes = new Map<string, string>();
    for (const { password } of missing) if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
    const createdAt = this.store.now();
    return (
      await new People(this.store.database).add(missing.map((seed) => ({ ...seed, password: hashes.get(seed.password)!, createdAt })))
    ).length;
  }

  async list(): Promise<AccountView[]> {
    return (await new People(this.store.database).all()).map((person) => this.toAccount(person));
  }

  /** The person of a username as somebody who acts, for callers inside this process. @throws NotFound */
  async actor(username: string, origin: string): Promise<Actor> {
    const person = (await new People(this.store.database).active()).find((one) => one.username === username);
    if (!person) throw new NotFound('account', username);
    return actorOf(person, origin);
  }

  /** @throws BadInput, Refusal username-taken */
  async create(request: CreatePersonRequest, actor: SignedBy): Promise<AccountView> {
    this.assertDepartment(request);
    const password = await hashPassword(request.password);
    const now = this.store.now();
    const person = { ...request, id: randomUUID(), password, createdAt: now };
    await this.store.change(async (tx) => {
      const added = await new People(tx).add([person]);
      if (added.length === 0) throw new Refusal('username-taken', `username ${request.username} is taken`, '该账号名已被使用');
      const detail = { username: person.username, role: person.role, departmentId: person.departmentId };
      await new AuditTrail(tx).add({
        at: now,
        personId: actor.id,
        who: actor.name,
        action: 'person.create',
        subject: `person:${person.id}`,
        origin: actor.origin,
        detail,
      });
    });
    return this.toAccount({ ...person, lastLoginAt: null, disabledAt: null });
  }

  /** Ends an account and its sessions. @throws NotFound, Refusal own-account */
  async disable(id: string, actor: SignedBy): Promise<void> {
    if (id === actor.id) throw new Refusal('own-account', 'nobody disables the account they are logged in with', '不能停用自己的账号');
    await this.store.change(async (tx, now) => {
      if (!(await new People(tx).disable(id, now))) throw new NotFound('active account', id);
      await new AuditTrail(tx).add({
        at: now,
        personId: actor.id,
        who: actor.name,
        action: 'person.disable',
        subject: `person:${id}`,
        origin: actor.origin,
      });
    });
  }

  /** Every department that is there today, with its leads. */
  async departments(): Promise<DepartmentView[]> {
    const people = await new People(this.store.database).active();
    return this.city.departmentsAt(this.store.now()).map(({ id, name }) => ({
      id,
      name,
      shortName: this.city.departmentName(id),
      leads: people
        .filter((p) => p.role === 'department-lead' && p.departmentId === id)
        .map((p) => ({ id: p.id, name: p.name, phone: p.phone })),
    }));
  }

  /** Where and when a person is logged in. */
  cityNow(): { cityName: string; serverTime: string } {
    return { cityName: this.city.parts.name, serverTime: this.store.now().toISOString() };
  }

  toView(person: PersonRow): PersonView {
    const { id, name, role, departmentId, phone } = person;
    return { id, name, role, departmentId, departmentName: departmentId === null ? null : this.city.departmentName(departmentId), phone };
  }

  private toAccount(person: PersonRow): AccountView {
    const { username, email } = person;
    const iso = (at: Date | null) => at?.toISOString() ?? null;
    return { ...this.toView(person), username, email, disabledAt: iso(person.disabledAt), lastLoginAt: iso(person.lastLoginAt) };
  }

  private assertDepartment({ role, departmentId }: CreatePersonRequest): void {
    const field = 'departmentId';
    if (role !== 'department-lead') {
      if (departmentId !== null)
        throw new BadInput([{ field, rule: 'is for department leads only', got: departmentId, message: '仅部门负责人须填部门' }]);
      return;
    }
    if (departmentId === null || !this.city.knowsDepartment(departmentId)) {
      throw new BadInput([{ field, rule: 'must be a department of this city', got: departmentId, message: '请选择本市的部门' }]);
    }
  }
}
