export { connectJobs, type JobsOptions } from './connect-jobs.js'
export * from './jobs.js'
