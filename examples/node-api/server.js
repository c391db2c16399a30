import { createApi } from './src/api.js';

const port = Number(process.env.PORT ?? 3000);
const server = createApi();
server.listen(port, () => console.log(`listening on port ${server.address().port}`));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close(() => process.exit(0)));
