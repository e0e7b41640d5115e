import { useState } from 'react';
import { LONGEST_FILE_BYTES, readAsEvidence, type EvidenceFile } from './evidence-file.js';

interface FileFieldProps {
  id?: string;
  value?: EvidenceFile | null;
  onChange?: (file: EvidenceFile | null) => void;
}

/** One photo or document; on a phone the camera is offered. */
export function FileField({ id, value, onChange }: FileFieldProps) {
  const [fault, setFault] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    setFault(null);
    if (file === undefined) return;
    try {
      onChange?.(await readAsEvidence(file));
    } catch (error) {
      setFault(error instanceof Error ? error.message : '文件读取失败');
    }
  };
  if (value !== null && value !== undefined)
    return (
      <span id={id} className="file-taken">
        {value.name}{' '}
        <button type="button" className="plain-button" onClick={() => onChange?.(null)}>
          移除
        </button>
      </span>
    );
  return (
    <>
      <input
        id={id}
        type="file"
        className="file-input"
        accept="image/*,.pdf,.doc,.docx,.html,.mht"
        onChange={(event) => void take(event.target.files?.[0])}
        data-testid="evidence-file"
      />
      <p className={fault === null ? 'small quiet' : 'field-fault'} role={fault === null ? undefined : 'alert'}>
        {fault ?? `图片、PDF 或文档，不超过 ${Math.round(LONGEST_FILE_BYTES / 1_000_000)} MB；过大的照片会自动缩小。`}
      </p>
    </>
  );
}
