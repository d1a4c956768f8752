import { mount } from 'svelte';
import App from './App.svelte';
import { bridgeHere, connectBackend } from './api/backend.ts';
import { Session } from './state/session.svelte.ts';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app to mount on');
mount(App, { target, props: { session: new Session(connectBackend(bridgeHere())) } });
