/**
 * The library: the same workflows as the command line.
 *
 *     const report = await inspect(createSession(createHost()), 'node:24-slim');
 */
export { createHost } from './host/create-host.ts';
export type { CandidateReference, EndOfLife, Profile } from './model/base.ts';
export * from './model/debug-report.ts';
export { type ErrorCode, FootingError } from './model/errors.ts';
export type { Evidence } from './model/evidence.ts';
export * from './model/explain-report.ts';
export type { FleetEntry, FleetFailure, FleetImage, ImageBrief } from './model/fleet.ts';
export type { Host } from './model/host.ts';
export type { FitAnswer } from './model/need.ts';
export type { Problem } from './model/problem.ts';
export * from './model/report.ts';
export type { Count, Coverage, Item, Surface, Tier } from './model/surface.ts';
export type { Certainty, Verdict } from './model/verdict.ts';
export { type ChooseRequest, choose } from './workflows/choose.ts';
export { compare } from './workflows/compare.ts';
export { createSession, type SessionOptions } from './workflows/create-session.ts';
export { type DebugRequest, debug } from './workflows/debug.ts';
export { type ExplainRequest, explain } from './workflows/explain.ts';
export { type FitRequest, fit } from './workflows/fit.ts';
export { inspect } from './workflows/inspect.ts';
export { inspectMany, type ManyOptions } from './workflows/inspect-many.ts';
export { needs } from './workflows/needs.ts';
export { type ProbeRequest, probe } from './workflows/probe.ts';
export type { ProofRequest } from './workflows/proof-request.ts';
export type { Session } from './workflows/session.ts';
export type { SubjectRequest } from './workflows/subject.ts';
export { type VerifyRequest, verify } from './workflows/verify.ts';
