import "#gradients";
import { savedLayers } from "../layers/saved.ts";
import { savedRules } from "../optimizers/saved.ts";
import { knowLayers } from "./saved-layer.ts";
import { knowRules } from "./saved-optimizer.ts";

knowLayers(savedLayers);
knowRules(savedRules);

export {
  activations,
  elu,
  gelu,
  leakyRelu,
  linear,
  relu,
  sigmoid,
  softmax,
  softplus,
  tanh,
  type Activation,
  type ActivationLike,
} from "./activations.ts";
export type { BackendName } from "./backend/candidate.ts";
export { isDeviceLost } from "./backend/device-loss.ts";
export type { Attempt, BackendReport } from "./backend/report.ts";
export { useBackend } from "./backend/use-backend.ts";
export type { BatchStream, LabelledBatch } from "./batch-stream.ts";
export { BestModel, type BestModelAction } from "./callbacks/best-model.ts";
export type { Callback, TrainingRun } from "./callbacks/callback.ts";
export { CSVLogger, type CSVLoggerOptions, type CSVLogTarget } from "./callbacks/csv-logger.ts";
export { EarlyStopping, type EarlyStoppingOptions } from "./callbacks/early-stopping.ts";
export type { MonitorOptions } from "./callbacks/monitor.ts";
export { Pause } from "./callbacks/pause.ts";
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./callbacks/reduce-lr-on-plateau.ts";
export type { ClassWeight } from "./class-weights.ts";
export { explainStep, type ExplainStepOptions, type StepExplanation } from "./compile/explain-step.ts";
export type { Constant, Graph, Kernel, Operand, Value } from "./compile/graph.ts";
export { graphSize, type GraphSize } from "./compile/graph-size.ts";
export { passNames, type AfterPass, type PassName } from "./compile/passes.ts";
export type { Data } from "./data.ts";
export {
  AbortError,
  BackendError,
  DataError,
  DeviceLostError,
  DisposedError,
  DivergenceError,
  HyperparameterError,
  InUseError,
  ModelFileError,
  RivuletError,
  ShapeError,
  TraceError,
  UnconnectedParameterError,
  UnknownNameError,
} from "./errors.ts";
export { findLearningRate, type LearningRateSearchOptions } from "./explain/find-learning-rate.ts";
export type { Finding } from "./explain/finding.ts";
export type { LearningRateSearch } from "./explain/recommend-rate.ts";
export type { FitOptions, StreamFitOptions } from "./fit-options.ts";
export { checkGradients, type GradientCheck, type ParameterCheck } from "./gradients/check-gradients.ts";
export { directionalDerivative } from "./gradients/directional-derivative.ts";
export { gradient, type ScalarFunction } from "./gradients/gradient.ts";
export { minimize, type Minimum } from "./gradients/minimize.ts";
export type { PathPoint } from "./gradients/path.ts";
export { traceBackprop, type BackpropTrace, type LayerTrace } from "./gradients/trace-backprop.ts";
export type { History, HistoryParams, Logs } from "./history.ts";
export { initializers, type Initializer, type InitializerLike } from "./initializers.ts";
export { constantValue } from "./initializers/constants.ts";
export {
  randomNormal,
  randomUniform,
  truncatedNormal,
  type NormalOptions,
  type UniformOptions,
} from "./initializers/distributions.ts";
export type { ModelLocation } from "./io/handlers.ts";
export type { LoadOptions } from "./io/load.ts";
export type { SaveOptions } from "./io/save.ts";
export type { Layer, WeightedLayer } from "./layer.ts";
export type { LearningRateLike } from "./learning-rate.ts";
export {
  binaryCrossentropy,
  binaryCrossentropyFromLogits,
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  huber,
  losses,
  meanAbsoluteError,
  meanSquaredError,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
  type Loss,
  type LossLike,
} from "./losses.ts";
export { metrics, type AggregateMetric, type Metric, type MetricFunction, type MetricLike } from "./metrics.ts";
export type { Model, TrainableModel } from "./model.ts";
export type { NestedNumbers } from "./nested-numbers.ts";
export { Optimizer, type OptimizerDefaults, type OptimizerOptions, type UpdatedValues } from "./optimizer.ts";
export type { OptimizerConfig } from "./optimizer-options.ts";
export { RandomStream } from "./random.ts";
export { compareRegimes } from "./regimes/compare-regimes.ts";
export type {
  BackendSummary,
  Budget,
  BudgetUnit,
  LearningRateSweep,
  LossSlice,
  Machine,
  NetworkSummary,
  ProblemSummary,
  RegimeComparison,
  Target,
} from "./regimes/comparison.ts";
export type {
  Curve,
  GradientNoise,
  MeasuredColumn,
  Path,
  Regime,
  RegimeRow,
  RegimeRun,
  RunStatus,
  Spread,
} from "./regimes/regime.ts";
export type { JobHooks, JobOutcome, JobSamples, RegimeJob, Rows, RunJob } from "./regimes/job.ts";
export type { CompareRegimesOptions } from "./regimes/options.ts";
export type { RegimeProblem } from "./regimes/problem.ts";
export { problemNames, type ProblemName } from "./regimes/problem-names.ts";
export { builtInProblem } from "./regimes/problems.ts";
export type { ComparisonProgress } from "./regimes/remaining-time.ts";
export { ruleNames, type RuleFactory, type RuleName, type RuleRates } from "./regimes/rules.ts";
export { runJob } from "./regimes/run-job.ts";
export type { CurvePoint, RunPoint } from "./regimes/run-point.ts";
export { l1, l1l2, l2, regularizers, type Regularizer, type RegularizerLike } from "./regularizers.ts";
export type { Json, JsonObject, LayerReader, SavedLayer } from "./saved-layer.ts";
export {
  constant as constantRate,
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  schedules,
  stepDecay,
  type CosineDecayOptions,
  type DecayOptions,
  type Schedule,
  type ScheduleConfig,
  type SmoothDecayOptions,
} from "./schedules.ts";
export { Sequential, type SequentialOptions } from "./sequential.ts";
export type { Shape } from "./shape.ts";
export { trainStep, type TrainStepOptions } from "./step.ts";
export type { TrainingPass } from "./training-pass.ts";
