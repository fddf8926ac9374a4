/**
 * @file What is shown when the page itself fails: main still owns the desk, so showing it again recovers.
 * It must never show a stack. A class, because React offers no other way to catch a failed render.
 */
import { Component, type ReactNode } from 'react';
import { i18n } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';

export class Mishap extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="opening">
        <Card title={i18n.t('frame.mishap.title')} lead={i18n.t('frame.mishap.text')} focusTitle>
          <Button kind="primary" onClick={() => this.setState({ failed: false })}>
            {i18n.t('frame.mishap.reload')}
          </Button>
        </Card>
      </main>
    );
  }
}
