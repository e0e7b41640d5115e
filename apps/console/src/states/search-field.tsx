import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { SEARCH_AT_MOST } from '@huiying/contracts/http';

/** How long after the last keystroke the search starts. */
const PAUSE_MS = 350;

/** A search that waits for a pause in the typing, and for the end of an input method's composition. */
export function SearchField({
  value,
  onSearch,
  placeholder,
  testId,
}: {
  value: string;
  onSearch: (query: string) => void;
  placeholder: string;
  testId: string;
}) {
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const take = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    if (!composing.current) timer.current = setTimeout(() => onSearch(text.trim()), PAUSE_MS);
  };
  return (
    <span data-search className="search-field">
      <Input
        type="search"
        allowClear
        value={typed}
        placeholder={placeholder}
        aria-label={placeholder}
        maxLength={SEARCH_AT_MOST}
        suffix={
          typed.length >= SEARCH_AT_MOST && (
            <span className="small quiet" role="status" data-testid={`${testId}-limit`}>
              最多 {SEARCH_AT_MOST} 字
            </span>
          )
        }
        data-testid={testId}
        onCompositionStart={() => (composing.current = true)}
        onCompositionEnd={(event) => {
          composing.current = false;
          take(event.currentTarget.value);
        }}
        onChange={(event) => take(event.target.value)}
        onPressEnter={() => onSearch(typed.trim())}
      />
    </span>
  );
}
