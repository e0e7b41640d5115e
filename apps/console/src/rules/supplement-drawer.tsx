import { Button, Checkbox, Drawer, Input } from 'antd';
import { useState } from 'react';
import type { ChangeOutcome, RulesPreview, RulesView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { MovedClocks } from '../calendar/moved-clocks.js';
import { fullTime } from '../time/beijing.js';

const EXAMPLE = `# 只写与上级规则不同的字段；收紧即可，放宽须在 document 写明本市文号。
rules:
  - id: OP-01
    version: 本市2026-2
    length: 4
`;

/** 本市补充规则: written like config/rules/city.yaml, played through first, and confirmed by a person. */
export default function SupplementDrawer({ view, onClose }: { view: RulesView; onClose: () => void }) {
  const [yaml, setYaml] = useState(view.supplement?.yaml ?? '');
  const [preview, setPreview] = useState<RulesPreview | null>(null);
  const [moveClocks, setMoveClocks] = useState(false);
  const isUnchanged = yaml.trim() === (view.supplement?.yaml ?? '').trim();
  const entered = isUnchanged ? null : yaml;
  const look = useStep({
    run: () => ask<RulesPreview>('POST', '/api/rules/preview', { yaml: entered }),
    done: null,
    touches: [],
    onDone: (answer) => setPreview(answer),
  });
  const enter = useStep({
    run: () => ask<ChangeOutcome>('POST', '/api/rules', { yaml: entered, moveClocks, basis: preview!.basis }),
    done: ({ movedCount }: ChangeOutcome) => (movedCount > 0 ? `已生效，${movedCount} 个在办时限已调整` : '已生效，只用于新的时限'),
    touches: ['rules', 'board', 'cases', 'tasks', 'deadlines'],
    onConflict: () => setPreview(null),
    onDone: onClose,
  });
  const canEnter = preview !== null && preview.faults.length === 0 && (!isUnchanged || (moveClocks && preview.clockCount > 0));
  return (
    <Drawer open onClose={onClose} size="min(820px, 100vw)" title="本市补充规则" data-testid="supplement-drawer">
      <div className="entry">
        <p className="quiet">
          写法与 config/rules/city.yaml 相同，叠加在其上。
          {view.supplement && `现行补充由 ${view.supplement.enteredBy} 于 ${fullTime(view.supplement.enteredAt)} 录入。`}
        </p>
        <Input.TextArea
          className="yaml"
          autoSize={{ minRows: 10, maxRows: 24 }}
          value={yaml}
          placeholder={EXAMPLE}
          onChange={(event) => {
            setYaml(event.target.value);
            setPreview(null);
          }}
          aria-label="补充规则"
          data-testid="supplement-yaml"
        />
        <div>
          <Button onClick={() => look.mutate(undefined)} loading={look.isPending} data-testid="preview-rules">
            {isUnchanged ? '预演：现行规则对在办时限' : '预演'}
          </Button>
        </div>
        {preview && preview.faults.length > 0 && (
          <div className="decision" role="alert">
            有 {preview.faults.length} 处错误，改好后再预演：
            <ul data-testid="rule-faults">
              {preview.faults.map((fault) => (
                <li key={fault}>· {fault}</li>
              ))}
            </ul>
          </div>
        )}
        {preview && preview.faults.length === 0 && (
          <>
            <Changes changes={preview.changes} />
            <MovedClocks clocks={preview.clocks} count={preview.clockCount} />
            <Checkbox
              checked={moveClocks}
              disabled={preview.clockCount === 0}
              onChange={(event) => setMoveClocks(event.target.checked)}
              data-testid="move-clocks"
            >
              同时调整上列在办时限（不勾选则新规则只用于以后产生的时限）
            </Checkbox>
            <p className="dialog-effect">受影响的舆情单时间线会写明原到期与新到期，操作记入审计。</p>
            <div>
              <Button
                type="primary"
                disabled={!canEnter}
                onClick={() => enter.mutate(undefined)}
                loading={enter.isPending}
                data-testid="enter-rules"
              >
                确认生效
              </Button>
            </div>
          </>
        )}
      </div>
    </Drawer>
  );
}

function Changes({ changes }: { changes: RulesPreview['changes'] }) {
  if (changes.length === 0) return <p className="quiet">规则没有改变。</p>;
  return (
    <table className="ledger" data-testid="rule-changes">
      <thead>
        <tr>
          <th>规则</th>
          <th>现行</th>
          <th>改为</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ ruleId, name, before, after }) => (
          <tr key={ruleId}>
            <td className="nowrap">
              {ruleId} {name}
            </td>
            <td className="quiet">{before ?? '无'}</td>
            <td>{after ?? '无'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
