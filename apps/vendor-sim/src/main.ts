import { startSimulator } from './start-simulator';

void startSimulator();
