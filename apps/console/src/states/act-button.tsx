import { Button, Tooltip, type ButtonProps } from 'antd';
import type { ActionView } from '@huiying/contracts/http';

type ActButtonProps = Pick<ButtonProps, 'type' | 'size' | 'loading' | 'danger' | 'block'> & {
  action: ActionView;
  onClick: () => void;
  children: string;
};

/** A lawful step as a button; where it is not possible now it says why on hover and focus. */
export function ActButton({ action, children, onClick, ...look }: ActButtonProps) {
  const testId = `act-${action.action}`;
  if (action.allowed)
    return (
      <Button {...look} onClick={onClick} data-testid={testId}>
        {children}
      </Button>
    );
  return (
    <Tooltip title={action.whyNot ?? '当前不能执行此步'}>
      <span className="why-not" tabIndex={0} aria-label={`${children}：${action.whyNot ?? '当前不能执行'}`}>
        <Button {...look} type="default" disabled tabIndex={-1} data-testid={testId} style={{ pointerEvents: 'none' }}>
          {children}
        </Button>
      </span>
    </Tooltip>
  );
}
