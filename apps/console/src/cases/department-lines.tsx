import { Button, Select } from 'antd';
import type { DepartmentView } from '@huiying/contracts/http';
import { BY_NAMES, departmentChoices } from '../marks/department-choices.js';
import type { TaskDraft } from './suggested-tasks.js';

interface DepartmentLinesProps {
  drafts: readonly TaskDraft[];
  departments: readonly DepartmentView[];
  onChange: (drafts: TaskDraft[]) => void;
}

const ROLES = [
  { value: 'lead', label: '牵头' },
  { value: 'co', label: '协办' },
];

/** The departments of an assignment, one line each. Making one the lead makes the others 协办. */
export function DepartmentLines({ drafts, departments, onChange }: DepartmentLinesProps) {
  const options = departmentChoices(departments);
  const replace = (index: number, line: TaskDraft) =>
    onChange(drafts.map((old, at) => (at === index ? line : line.role === 'lead' && old.role === 'lead' ? { ...old, role: 'co' } : old)));
  const contact = (departmentId: string) => {
    const department = departments.find(({ id }) => id === departmentId);
    if (department === undefined) return null;
    const [lead] = department.leads;
    if (lead === undefined) return <span className="small overdue-word">无账号，须电话通知；由带班领导代办签收</span>;
    return <span className="small quiet">{`${lead.name} ${lead.phone ?? ''}`}</span>;
  };
  return (
    <div className="department-lines">
      {drafts.map((line, index) => (
        <div key={index} className="department-line" data-testid="assign-line">
          <Select
            aria-label={`第 ${index + 1} 个单位`}
            showSearch={BY_NAMES}
            placeholder="选择单位"
            value={line.departmentId || undefined}
            options={options}
            onChange={(departmentId: string) => replace(index, { ...line, departmentId })}
          />
          <Select
            aria-label={`第 ${index + 1} 个单位的分工`}
            value={line.role}
            options={ROLES}
            onChange={(role: 'lead' | 'co') => replace(index, { ...line, role })}
          />
          <span className="department-contact">{contact(line.departmentId)}</span>
          <Button type="text" size="small" aria-label="移除这个单位" onClick={() => onChange(drafts.filter((_, at) => at !== index))}>
            移除
          </Button>
        </div>
      ))}
      {drafts.length < 10 && (
        <Button
          size="small"
          onClick={() => onChange([...drafts, { departmentId: '', role: drafts.length === 0 ? 'lead' : 'co' }])}
          data-testid="assign-add"
        >
          添加单位
        </Button>
      )}
    </div>
  );
}
