interface Vbd {
  trialOfMoment: (firstMoments: number[], lastStop: number, time: number) => number;
}
