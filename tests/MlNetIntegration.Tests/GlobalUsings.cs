global using GanPipeline.MlNet;
global using GanPipeline.Primitives;
global using Microsoft.ML;
global using Microsoft.ML.Data;
