import { useQuery } from '@tanstack/react-query';
import type { KnowledgeDetail } from '@huiying/contracts/http';
import { departmentChoices } from '../marks/department-choices.js';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';

/** A new entry, or a new version of one. */
export function KnowledgeDialog({
  entry,
  onClose,
  onSaved,
}: {
  entry?: KnowledgeDetail;
  onClose: () => void;
  onSaved?: (id: string) => void;
}) {
  const { data: departments } = useQuery(departmentsQuery);
  const was: Partial<KnowledgeDetail> = entry ?? {};
  const fields: FormField[] = [
    { name: 'title', label: '标题', kind: 'line', missing: '请写标题', initial: was.title, most: 200 },
    { name: 'question', label: '问', kind: 'area', rows: 2, missing: '请写群众会怎么问', initial: was.question, most: 1_000 },
    { name: 'answer', label: '答（留空为待补充，不对外）', kind: 'area', rows: 8, initial: was.answer, most: 20_000 },
    { name: 'legalBasis', label: '依据（文件名称、文号）', kind: 'line', initial: was.legalBasis },
    { name: 'url', label: '原文链接', kind: 'address', initial: was.url },
    {
      name: 'departmentId',
      label: '责任单位',
      kind: 'select',
      choices: departmentChoices(departments ?? []),
      initial: was.departmentId,
    },
    { name: 'region', label: '适用地区（不填为全市）', kind: 'line', initial: was.region },
    { name: 'keywords', label: '关键词（顿号分隔）', kind: 'line', initial: was.keywords?.join('、') },
    { name: 'validFrom', label: '生效日', kind: 'day', initial: was.validFrom },
    { name: 'expiresOn', label: '失效日（当日仍有效；不填为长期）', kind: 'day', initial: was.expiresOn },
    ...(entry === undefined ? [] : [{ name: 'reason', label: '修改说明', kind: 'line' as const }]),
  ];
  const run = async ({ keywords, answer, reason, ...rest }: Record<string, unknown>): Promise<string> => {
    const words = String(keywords ?? '')
      .split(/[、,，\s]+/)
      .filter((one) => one !== '');
    const content = { ...rest, answer: answer ?? '', keywords: words };
    if (entry === undefined) return (await steps.createKnowledge(content)).id;
    await steps.changeKnowledge(entry.id, { ...content, version: entry.version, reason: reason ?? '' });
    return entry.id;
  };
  return (
    <FormDialog
      title={entry === undefined ? '新建知识条目' : `修改知识条目（形成第 ${entry.version + 1} 版）`}
      okText="保存"
      width={720}
      testId="knowledge"
      fields={fields}
      effect="有效的条目可在反馈、口径中引用，并同步给热线系统；已引用的仍指向引用时的版本。"
      run={run}
      done="已保存"
      touches={['knowledge']}
      onClose={onClose}
      {...(onSaved === undefined ? {} : { onDone: onSaved })}
    />
  );
}
