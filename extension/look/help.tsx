import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../locales/texts.ts';

/** Context help beside a setting: a round button, and under both what the setting is about. `about` names the setting. */
export function WithHelp(props: { about: string; help: ComponentChildren; children: ComponentChildren }) {
  const id = useId();
  const isOpen = useSignal(false);
  return (
    <div class="with-help">
      <div class="with-help-line">
        {props.children}
        <button
          type="button"
          class="icon-button help-button"
          aria-label={t('help_about', props.about)}
          title={t('help_about', props.about)}
          aria-expanded={isOpen.value}
          aria-controls={id}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          ?
        </button>
      </div>
      <div id={id} class="note help-text" hidden={!isOpen.value}>
        <div>{props.help}</div>
      </div>
    </div>
  );
}
