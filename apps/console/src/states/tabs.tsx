/** A row of exclusive choices. */
export function Tabs<V extends string>({
  choices,
  value,
  onChange,
  label,
}: {
  choices: readonly { value: V; word: string; count?: number }[];
  value: V;
  onChange: (value: V) => void;
  label: string;
}) {
  return (
    <div className="tabs" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className="tab"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          data-testid={`tab-${choice.value === '' ? 'all' : choice.value}`}
        >
          {choice.word}
          {choice.count !== undefined && choice.count > 0 && ` ${choice.count}`}
        </button>
      ))}
    </div>
  );
}
