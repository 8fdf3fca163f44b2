import type { ComponentChildren } from "preact";
import { texts } from "./language.ts";

interface NoticeProps {
  readonly children: ComponentChildren;
  /** Puts it away; without it the notice stays while its cause does. */
  readonly onDismiss?: () => void;
}

/** A sentence that says what happened and what to do. It is read out as it comes. */
export function Notice({ children, onDismiss }: NoticeProps) {
  return (
    <div class="notice" role="status">
      <span class="notice-mark" aria-hidden="true">
        !
      </span>
      <p>{children}</p>
      {onDismiss !== undefined && (
        <button type="button" class="quiet" onClick={onDismiss}>
          {texts.value.shell.dismiss}
        </button>
      )}
    </div>
  );
}
