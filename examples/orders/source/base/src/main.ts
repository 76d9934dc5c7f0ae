import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";

const config = readConfig(process.env);
const server = createApp(config);
server.listen(config.port, () => console.log(`orders listens on port ${config.port}`));
process.on("SIGTERM", () => server.close());
