"use strict";
const NodeEnvironment = require("@stryker-mutator/jest-runner/jest-env/node");

/** Of all files of tests that one change is tried with: they run in one process, one after another. */
const trial = { hasFailed: false };

/**
 * One test that fails is enough to know of a change: no other is begun after it, in its file or another one. Where a change has each
 * test wait for a time limit of its own, a file of them would else take minutes.
 */
module.exports = class FailingOnceEnvironment extends NodeEnvironment {
  static trial = trial;

  async handleTestEvent(event, state) {
    if (event.name === "test_done" && event.test.errors.length > 0) trial.hasFailed = true;
    // The name of no test has it.
    if (trial.hasFailed) state.testNamePattern = /(?!)/;
  }
};
