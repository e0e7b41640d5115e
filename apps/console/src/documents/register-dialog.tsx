import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useSession } from '../session/session.js';
import { FormDialog } from '../states/form-dialog.js';
import { DOCUMENT_TOUCHES } from './document-words.js';

const KINDS = ['规章', '政府规范性文件', '部门规范性文件', '其他涉及公众的政策文件', '一般文件'];

/** 登记文件: before it is public, so that the plan goes with it; or one that is public already. */
export default function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { data: departments } = useQuery(departmentsQuery);
  const { person } = useSession();
  const navigate = useNavigate();
  const own = person.role === 'department-lead' ? departments?.filter(({ name }) => name === person.departmentName) : departments;
  return (
    <FormDialog
      title="登记政策文件"
      okText="登记"
      testId="register-document"
      width={640}
      fields={[
        { name: 'title', label: '标题', kind: 'line', most: 300, missing: '请填写标题' },
        { name: 'documentNo', label: '文号（未编号可不填）', kind: 'line', placeholder: '望政办发〔2026〕31号' },
        {
          name: 'departmentId',
          label: '起草（牵头）部门',
          kind: 'select',
          missing: '请选择起草部门',
          choices: (own ?? []).map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: 'kind',
          label: '类别',
          kind: 'select',
          missing: '请选择类别',
          initial: KINDS[1],
          choices: KINDS.map((value) => ({ value, label: value })),
        },
        { name: 'text', label: '正文（可不填；用于核对解读是否照抄）', kind: 'area', rows: 4, most: 200_000 },
        { name: 'publishedAt', label: '已公开的，填公开时间', kind: 'instant' },
        { name: 'url', label: '已公开的，填网址', kind: 'address' },
      ]}
      run={(values) => steps.registerDocument(values)}
      done="已登记"
      touches={DOCUMENT_TOUCHES}
      effect="未公开的：编制解读方案后一并报批。已公开的：自公开之日的次日起算 3 个工作日。"
      onClose={onClose}
      onDone={({ documentId }) => void navigate(`/documents/${documentId}`)}
    />
  );
}
