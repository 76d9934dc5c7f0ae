declare module "@elastic/mockotlpserver" {
  /** An OTLP receiver; only what the tests use of it. */
  export class MockOtlpServer {
    constructor(options: {
      services: ("http" | "grpc")[];
      httpHostname: string;
      httpPort: number;
      logLevel: string;
      onTrace: (request: unknown) => void;
    });
    httpUrl: { toString(): string } | null;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}
