import type { ClassReport, ExerciseFigures, Learner } from '../learn/class-report.js';
import type { ExerciseStanding } from '../learn/course-standing.js';
import { choiceNumber } from './learn-documents.js';

/** How far a class is as one JSON document; `schemas/learn.schema.json`. */
export function reportDocument({ learners, exercises, unread }: ClassReport): object {
  return {
    schema: 'lwasync.learn/1',
    kind: 'report',
    learners: learners.map((learner) => learnerDocument(learner)),
    exercises: exercises.map((each) => figuresDocument(each)),
    unread,
  };
}

function learnerDocument({ name, from, exercises }: Learner): object {
  return { name, from: from ?? null, exercises: exercises.map((each) => standingDocument(each)) };
}

function standingDocument({ exercise, standing, progress }: ExerciseStanding): object {
  const { attempts, hintsUsed, predicted, measured, passed, last, solutionShown } = progress;
  return {
    id: exercise.id,
    standing,
    attempts,
    hints: hintsUsed,
    predicted: choiceNumber(predicted),
    measuredChoice: choiceNumber(measured?.choice),
    lastDiagnosis: last?.diagnosis ?? null,
    passedAt: passed?.at ?? null,
    solutionShown: solutionShown ?? false,
  };
}

function figuresDocument(figures: ExerciseFigures): object {
  const { exercise, predicted, measured, medianAttempts, stuckAt, ...counts } = figures;
  const { id, number, title, prediction } = exercise;
  return {
    id,
    number,
    title,
    ...counts,
    medianAttempts: medianAttempts ?? null,
    question: prediction.question,
    predicted: prediction.choices.map((choice, index) => ({
      choice,
      learners: predicted[index] ?? 0,
      measured: measured[index] ?? 0,
    })),
    stuckAt: stuckAt ?? null,
  };
}
