import { mount } from 'svelte';
import App from './App.svelte';
import { bridgeHere, connectBackend } from './api/backend.ts';
import { Workspace } from './state/workspace.svelte.ts';
import './theme/tokens.css';
import './theme/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app to mount on');
mount(App, { target, props: { workspace: new Workspace(connectBackend(bridgeHere())) } });
